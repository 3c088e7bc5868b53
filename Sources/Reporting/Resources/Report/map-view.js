// What part of a map is seen, and what is drawn anew when that changes.
ReportMap.prototype.zoom = function (factor, x, y) {
  var view = this.view;
  if (x === undefined) { x = view.x + view.width / 2; y = view.y + view.height / 2; }
  var bounds = this.facts.bounds;
  var most = Math.max(this.first.width, bounds[2], bounds[3] * this.first.width / this.first.height);
  var width = Math.min(Math.max(view.width * factor, this.first.width / 64), most);
  factor = width / view.width;
  view.x = x - (x - view.x) * factor;
  view.y = y - (y - view.y) * factor;
  view.width = width;
  view.height *= factor;
  this.draw();
};

ReportMap.prototype.pan = function (dx, dy) {
  this.view.x += dx;
  this.view.y += dy;
  this.draw();
};

ReportMap.prototype.reset = function () {
  this.view = Object.assign({}, this.first);
  this.draw();
};

// The middle of the view stays on the part of the map that is drawn.
ReportMap.prototype.clamp = function () {
  var view = this.view;
  var bounds = this.facts.bounds;
  view.x = Math.min(Math.max(view.x + view.width / 2, bounds[0]), bounds[0] + bounds[2]) - view.width / 2;
  view.y = Math.min(Math.max(view.y + view.height / 2, bounds[1]), bounds[1] + bounds[3]) - view.height / 2;
};

ReportMap.prototype.draw = function () {
  this.clamp();
  var view = this.view;
  this.picture.setAttribute('viewBox', [view.x, view.y, view.width, view.height].join(' '));
  var scale = this.first.width / view.width;
  var coarsest = this.reader.pictures[this.reader.pictures.length - 1];
  var cell = coarsest.block * this.facts.width / this.facts.cells[0];
  // Lines over what is no park stay as far apart on the screen.
  if (this.linesOutside) { this.linesOutside.setAttribute('patternTransform', 'rotate(-45) scale(' + 1 / scale + ')'); }
  this.figure.classList.toggle('zoomed', cell * this.frame.clientWidth > 3 * view.width);
  this.figure.classList.toggle('zoom-1', scale >= 3 && scale < 12);
  this.figure.classList.toggle('zoom-2', scale >= 12);
  this.drawScale();
  var taken = this.furniture(this.frame.clientWidth, this.frame.clientHeight);
  this.drawGraticule(scale >= 12 ? 2 : scale >= 3 ? 1 : 0, taken);
  this.drawNames(taken);
};

ReportMap.prototype.percent = function (x, y) {
  return [100 * (x - this.view.x) / this.view.width, 100 * (y - this.view.y) / this.view.height];
};

// A label for which there is no room beside those that are there is left out.
ReportMap.prototype.drawGraticule = function (level, taken) {
  var self = this;
  var group = this.labels.querySelector('.graticule-labels');
  group.textContent = '';
  this.lines.forEach(function (line) {
    if (line.level > level) { return; }
    var place = self.exit(line);
    if (!place) { return; }
    var isMeridian = line.axis === 'x';
    var text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    text.setAttribute('class', 'graticule-label ' + (isMeridian ? 'meridian' : 'parallel'));
    text.setAttribute('x', place[0] + '%');
    text.setAttribute('y', place[1] + '%');
    text.setAttribute('dx', isMeridian ? 0 : 5);
    text.setAttribute('dy', isMeridian ? -6 : 4);
    text.textContent = line.label;
    group.appendChild(text);
    var box = padded(text.getBBox());
    if (taken.some(function (other) { return isOver(box, other); })) { text.remove(); } else { taken.push(box); }
  });
};

// Where a line leaves the view, a meridian below and a parallel on the left, or ends before it gets there, in
// per cent of the frame; null where a label would have no room.
ReportMap.prototype.exit = function (line) {
  var view = this.view;
  var isMeridian = line.axis === 'x';
  var axis = isMeridian ? 1 : 0;
  var edge = isMeridian ? view.y + view.height : view.x;
  var last = isMeridian ? 96 : 88; // Below, on the left, stands the scale.
  for (var i = 1; i < line.points.length; i += 1) {
    var a = line.points[i - 1];
    var b = line.points[i];
    if (a[axis] === b[axis] || (a[axis] - edge) * (b[axis] - edge) > 0) { continue; }
    var share = (edge - a[axis]) / (b[axis] - a[axis]);
    var place = this.percent(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]));
    if (place[1 - axis] >= 4 && place[1 - axis] <= last) { return place; }
  }
  var end = line.points.reduce(function (best, point) {
    return (isMeridian ? point[1] > best[1] : point[0] < best[0]) ? point : best;
  });
  place = this.percent(end[0], end[1]);
  var isSeen = place[axis] >= 0 && place[axis] <= 100 && place[1 - axis] >= 4 && place[1 - axis] <= last;
  return isSeen ? place : null;
};
