// Where the names of the parks stand. A name moves a little where it would leave the frame, or cover the arrow,
// the scale or another label; where that does not help, or its place lies beyond the frame, it is left out.
ReportMap.prototype.drawNames = function (taken) {
  var self = this;
  var width = this.frame.clientWidth;
  var height = this.frame.clientHeight;
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
    var shift = isSeen && freeShift(box, taken, width, height);
    if (!shift) { label.classList.add('hidden'); return; }
    label.setAttribute('transform', 'translate(' + shift[0] + ' ' + shift[1] + ')');
    taken.push(moved(box, shift));
  });
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
