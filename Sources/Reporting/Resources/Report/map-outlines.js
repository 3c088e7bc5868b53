// The parks, for the question in which of them a place lies.
function Park(path) {
  this.name = path.dataset.park;
  // How far the outline may lie from the park's own.
  this.slack = Number(path.dataset.slack);
  // The first part of the path is a frame around the map.
  this.rings = path.getAttribute('d').split('M').slice(2).map(function (part) {
    var numbers = part.match(/-?[\d.]+/g).map(Number);
    for (var i = 2; i < numbers.length; i += 1) { numbers[i] += numbers[i - 2]; }
    return numbers;
  });
  var box = [Infinity, Infinity, -Infinity, -Infinity];
  this.rings.forEach(function (ring) {
    for (var i = 0; i < ring.length; i += 2) {
      box = [Math.min(box[0], ring[i]), Math.min(box[1], ring[i + 1]), Math.max(box[2], ring[i]),
        Math.max(box[3], ring[i + 1])];
    }
  });
  this.box = box;
}

// 1 inside, 0 outside, and null where the outline is too near to tell.
Park.prototype.side = function (x, y) {
  var slack = this.slack;
  var box = this.box;
  if (x < box[0] - slack || x > box[2] + slack || y < box[1] - slack || y > box[3] + slack) { return 0; }
  var crossings = 0;
  for (var r = 0; r < this.rings.length; r += 1) {
    var ring = this.rings[r];
    var ax = ring[ring.length - 2];
    var ay = ring[ring.length - 1];
    for (var i = 0; i < ring.length; i += 2) {
      var bx = ring[i];
      var by = ring[i + 1];
      var dx = bx - ax;
      var dy = by - ay;
      var along = dx || dy ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy))) : 0;
      if (Math.hypot(ax + along * dx - x, ay + along * dy - y) <= slack) { return null; }
      if (ay > y !== by > y && x < ax + (y - ay) / dy * dx) { crossings += 1; }
      ax = bx;
      ay = by;
    }
  }
  return crossings % 2;
};

// What the page tells of the parks at a place.
function parksAt(x, y) {
  var names = [];
  parks.forEach(function (park) {
    var side = park.side(x, y);
    if (side === null) { names.push(words['script.boundary'].replace('{park}', function () { return park.name; })); }
    if (side === 1) { names.push(park.name); }
  });
  return names.join(', ') || words['script.outside'];
}
