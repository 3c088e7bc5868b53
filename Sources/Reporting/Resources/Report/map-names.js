// Where the names of the parks stand. A name moves a little where it would leave the frame, or cover the arrow,
// the scale or another label; where that does not help, or its place lies beyond the frame, it is left out. It
// crosses no outline where there is a place near by for that, in its own park or in none.
ReportMap.prototype.drawNames = function (taken) {
  var self = this;
  var width = this.frame.clientWidth;
  var height = this.frame.clientHeight;
  var lines = this.outlinesSeen(width, height);
  this.labels.querySelectorAll('.park-label').forEach(function (label) {
    var place = self.percent(Number(label.dataset.x), Number(label.dataset.y));
    [label].concat(Array.from(label.children)).forEach(function (part) {
      part.setAttribute('x', place[0] + '%');
    });
    label.setAttribute('y', place[1] + '%');
    label.removeAttribute('transform');
    label.classList.remove('hidden');
    var isSeen = place[0] > 0 && place[0] < 100 && place[1] > 0 && place[1] < 100;
    var box = isSeen && padded(label.getBBox());
    var shift = isSeen && (self.clearShift(label, box, taken, lines) || freeShift(box, taken, width, height));
    if (!shift) { label.classList.add('hidden'); return; }
    label.setAttribute('transform', 'translate(' + shift[0] + ' ' + shift[1] + ')');
    taken.push(moved(box, shift));
  });
};

// The pieces of all outlines in and near the frame, in pixels; none where there are so many parks that most names
// have no room anyway.
ReportMap.prototype.outlinesSeen = function (width, height) {
  var view = this.view;
  var scale = width / view.width;
  var pieces = [];
  if (parks.length > 60) { return pieces; }
  parks.forEach(function (park) {
    park.rings.forEach(function (ring) {
      var ax = (ring[ring.length - 2] - view.x) * scale;
      var ay = (ring[ring.length - 1] - view.y) * scale;
      for (var i = 0; i < ring.length; i += 2) {
        var bx = (ring[i] - view.x) * scale;
        var by = (ring[i + 1] - view.y) * scale;
        if (Math.max(ax, bx) > 0 && Math.min(ax, bx) < width && Math.max(ay, by) > 0 && Math.min(ay, by) < height) {
          pieces.push([ax, ay, bx, by]);
        }
        ax = bx;
        ay = by;
      }
    });
  });
  return pieces;
};

// Whether a piece of a line runs through a box: the boxes of both meet, and corners lie on both its sides.
function runsThrough(piece, box) {
  var right = box.x + box.width;
  var foot = box.y + box.height;
  if (Math.max(piece[0], piece[2]) < box.x || Math.min(piece[0], piece[2]) > right ||
    Math.max(piece[1], piece[3]) < box.y || Math.min(piece[1], piece[3]) > foot) { return false; }
  var sides = [[box.x, box.y], [right, box.y], [box.x, foot], [right, foot]].map(function (corner) {
    return (piece[2] - piece[0]) * (corner[1] - piece[1]) - (piece[3] - piece[1]) * (corner[0] - piece[0]);
  });
  return Math.min.apply(null, sides) <= 0 && Math.max.apply(null, sides) >= 0;
}

// The shortest way of a name to where it crosses no outline, and is not taken for that of another park.
ReportMap.prototype.clearShift = function (label, box, taken, lines) {
  var view = this.view;
  var width = this.frame.clientWidth;
  var height = this.frame.clientHeight;
  var first = [inward(box.x, box.width, width), inward(box.y, box.height, height)];
  var start = moved(box, first);
  var reach = [box.width, 6 * box.height];
  var around = { x: start.x - reach[0], y: start.y - reach[1], width: 3 * box.width, height: 13 * box.height };
  lines = lines.filter(function (piece) { return runsThrough(piece, around); });
  taken = taken.filter(function (other) { return isOver(around, other); });
  function holders(x, y) { return parks.filter(function (park) { return park.side(x, y) === 1; }); }
  var own = holders(Number(label.dataset.x), Number(label.dataset.y));
  var steps = [];
  for (var i = -10; i <= 10; i += 1) {
    for (var j = -15; j <= 15; j += 1) { steps.push([reach[0] * i / 10, reach[1] * j / 15]); }
  }
  steps.sort(function (a, b) { return Math.hypot(a[0], a[1]) - Math.hypot(b[0], b[1]); });
  var step = steps.find(function (by) {
    var there = moved(start, by);
    if (there.x < 0 || there.y < 0 || there.x + there.width > width || there.y + there.height > height ||
      taken.some(function (other) { return isOver(there, other); }) ||
      lines.some(function (piece) { return runsThrough(piece, there); })) { return false; }
    return holders(view.x + (there.x + there.width / 2) / width * view.width,
      view.y + (there.y + there.height / 2) / width * view.width).every(function (park) { return own.includes(park); });
  });
  return step && [first[0] + step[0], first[1] + step[1]];
};

// What a map has beside its names, in pixels.
ReportMap.prototype.furniture = function (width, height) {
  var boxes = [{ x: width - 56, y: 0, width: 56, height: 78 }];
  var bar = this.labels.querySelector('.scale-bar');
  if (bar) {
    var length = parseFloat(bar.getAttribute('width')) / 100 * width;
    boxes.push({ x: 0, y: height - 58, width: Math.max(length, 50) + 24, height: 58 });
  }
  return boxes;
};

// The box of a label with the rim around its letters, and a little room.
function padded(box) {
  var rim = 3;
  return { x: box.x - rim, y: box.y - rim, width: box.width + 2 * rim, height: box.height + 2 * rim };
}

function moved(box, by) {
  return { x: box.x + by[0], y: box.y + by[1], width: box.width, height: box.height };
}

function isOver(box, other) {
  return box.x < other.x + other.width && other.x < box.x + box.width && box.y < other.y + other.height &&
    other.y < box.y + box.height;
}

// How far into the frame a side of a box must move; a box that is too large for it stands in its middle.
function inward(start, length, size) {
  if (length + 8 > size) { return (size - length) / 2 - start; }
  return Math.max(0, 4 - start) - Math.max(0, start + length + 4 - size);
}

// The shortest way from a place to one that is free: none, or to a side of what is in the way.
function freeShift(box, taken, width, height) {
  var first = [inward(box.x, box.width, width), inward(box.y, box.height, height)];
  var start = moved(box, first);
  var gap = 2;
  var reach = [0.6 * box.width, 1.2 * box.height];
  var around = { x: start.x - reach[0], y: start.y - reach[1], width: start.width + 2 * reach[0],
    height: start.height + 2 * reach[1] };
  taken = taken.filter(function (other) { return isOver(around, other); });
  var across = [0];
  var down = [0];
  taken.forEach(function (other) {
    across.push(other.x - gap - start.width - start.x, other.x + other.width + gap - start.x);
    down.push(other.y - gap - start.height - start.y, other.y + other.height + gap - start.y);
  });
  function isNear(limit) { return function (step) { return Math.abs(step) <= limit; }; }
  var steps = [];
  across.filter(isNear(reach[0])).forEach(function (dx) {
    down.filter(isNear(reach[1])).forEach(function (dy) { steps.push([dx, dy]); });
  });
  steps.sort(function (a, b) { return Math.abs(a[0]) + Math.abs(a[1]) - Math.abs(b[0]) - Math.abs(b[1]); });
  var step = steps.find(function (by) {
    var there = moved(start, by);
    return there.x >= 0 && there.y >= 0 && there.x + there.width <= width && there.y + there.height <= height &&
      !taken.some(function (other) { return isOver(there, other); });
  });
  return step && [first[0] + step[0], first[1] + step[1]];
}
