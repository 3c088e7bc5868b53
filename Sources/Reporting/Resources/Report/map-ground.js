// Where on Earth a place of a map lies, how long the scale is, and what the page tells of a place.
// Longitude and latitude of a place, between those of the lattice.
ReportMap.prototype.place = function (x, y) {
  var facts = this.facts;
  if (!facts.places.length) { return null; }
  var column = x / facts.width * (facts.columns - 1);
  var row = y / facts.height * (facts.rows - 1);
  if (column < 0 || row < 0 || column > facts.columns - 1 || row > facts.rows - 1) { return null; }
  var left = Math.min(Math.floor(column), facts.columns - 2);
  var top = Math.min(Math.floor(row), facts.rows - 2);
  var u = column - left;
  var v = row - top;
  var at = function (c, r) { return facts.places[r * facts.columns + c]; };
  return [0, 1].map(function (axis) {
    return (1 - v) * ((1 - u) * at(left, top)[axis] + u * at(left + 1, top)[axis]) +
      v * ((1 - u) * at(left, top + 1)[axis] + u * at(left + 1, top + 1)[axis]);
  });
};

// Metres between two places of longitude and latitude that are near one another, on WGS 84.
function metres(a, b) {
  var radian = Math.PI / 180;
  var latitude = (a[1] + b[1]) / 2 * radian;
  var e2 = 0.00669437999;
  var w = 1 - e2 * Math.sin(latitude) * Math.sin(latitude);
  var east = (b[0] - a[0]) * radian * Math.cos(latitude) * 6378137 / Math.sqrt(w);
  var north = (b[1] - a[1]) * radian * 6378137 * (1 - e2) / Math.pow(w, 1.5);
  return Math.sqrt(east * east + north * north);
}

// The scale where the view is now; where that is not known, the bar of the page stays.
ReportMap.prototype.drawScale = function () {
  var bar = this.labels.querySelector('.scale-bar');
  var x = Math.min(Math.max(this.view.x + this.view.width / 2, 0), this.facts.width * 0.999);
  var y = Math.min(Math.max(this.view.y + this.view.height / 2, 0), this.facts.height);
  var step = this.facts.width / 2000;
  var a = this.place(x - (x >= step ? step : 0), y);
  var b = this.place(x + (x >= step ? 0 : step), y);
  if (!bar || !a || !b) { return; }
  var perUnit = metres(a, b) / step;
  var wanted = 0.3 * this.view.width * perUnit;
  var power = Math.pow(10, Math.floor(Math.log10(wanted)));
  var length = [5, 2, 1].map(function (n) { return n * power; }).find(function (n) { return n <= wanted; });
  bar.setAttribute('width', 100 * length / perUnit / this.view.width + '%');
  bar.querySelector('text').textContent = length >= 1000
    ? words['map.kilometres'].replace('{length}', grouped(length / 1000))
    : words['map.metres'].replace('{length}', grouped(length));
};

function grouped(number) {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, words.group);
}

function angle(degrees, positive, negative) {
  var text = Math.abs(degrees).toFixed(4).replace('.', words.decimal);
  return words['script.place_' + (degrees < 0 ? negative : positive)].replace('{angle}', text);
}

// MARK: What lies there

ReportMap.prototype.tell = function (x, y) {
  var self = this;
  Promise.all([this.codes.load(), landCover && landCover.load()]).then(function () {
    var parts = [words['class.' + classKeys[self.codes.at(x, y)]] || words['script.nothing']];
    var category = landCover ? landCover.at(x, y) : 0;
    if (category) { parts.push(words['category.' + categoryKeys[category]]); }
    var inside = shapes.filter(function (park) { return probe.isPointInPath(park.path, x, y, 'evenodd'); });
    if (shapes.length) {
      parts.push(inside.map(function (park) { return park.name; }).join(', ') || words['script.outside']);
    }
    var place = self.place(x, y);
    if (place) { parts.push(angle(place[1], 'north', 'south') + ' ' + angle(place[0], 'east', 'west')); }
    self.readout.textContent = parts.map(function (part) { return '\u2068' + part + '\u2069'; }).join(' \u00b7 ');
  });
};
