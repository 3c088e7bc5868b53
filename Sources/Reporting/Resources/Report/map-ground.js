// Where on Earth a place of a map lies, how long the scale is, and what the page tells of a place.
function Reader(species, facts) {
  this.facts = facts;
  // The finest that holds a cell is asked.
  this.pictures = Array.from(document.querySelectorAll('.definitions image')).filter(function (image) {
    return image.dataset.key === species;
  }).map(function (image) { return new Codes(image, 'class', 5); }).sort(function (a, b) { return a.block - b.block; });
}

// Longitude and latitude of a place, on cubic curves through the nearest sixteen of the lattice.
Reader.prototype.place = function (x, y) {
  var facts = this.facts;
  if (!facts.places.length) { return null; }
  var column = (x - facts.bounds[0]) / facts.bounds[2] * (facts.columns - 1);
  var row = (y - facts.bounds[1]) / facts.bounds[3] * (facts.rows - 1);
  if (column < 0 || row < 0 || column > facts.columns - 1 || row > facts.rows - 1) { return null; }
  var across = nodes(column, facts.columns);
  var down = nodes(row, facts.rows);
  return [0, 1].map(function (axis) {
    var sum = 0;
    for (var r = 0; r < 4; r += 1) {
      for (var c = 0; c < 4; c += 1) {
        sum += down.weights[r] * across.weights[c] *
          facts.places[(down.first + r) * facts.columns + across.first + c][axis];
      }
    }
    return sum;
  });
};

// Four neighbours on an axis with their weights in Lagrange's polynomial.
function nodes(position, count) {
  var first = Math.min(Math.max(Math.floor(position) - 1, 0), count - 4);
  var t = position - first;
  return {
    first: first,
    weights: [(t - 1) * (t - 2) * (t - 3) / -6, t * (t - 2) * (t - 3) / 2, t * (t - 1) * (t - 3) / -2,
      t * (t - 1) * (t - 2) / 6]
  };
}

// Longitude and latitude as they are told, and the very place that has them: what is told is told of that. It does
// not lie on the line between two cells, where nobody could say which one is meant.
Reader.prototype.named = function (x, y) {
  var place = this.place(x, y);
  var step = this.facts.width / this.facts.cells[0] / 4;
  var beside = this.place(x - step, y);
  var above = this.place(x, y - step);
  if (!place || !beside || !above) { return { x: x, y: y, place: place }; }
  var a = (place[0] - beside[0]) / step;
  var b = (place[0] - above[0]) / step;
  var c = (place[1] - beside[1]) / step;
  var d = (place[1] - above[1]) / step;
  var unit = Math.pow(10, -this.facts.decimals);
  var found = null;
  for (var i = 0; i < 9; i += 1) {
    // The nearest first, then those around it.
    var told = [place[0] + [0, 0, 0, 1, -1, 1, 1, -1, -1][i] * unit, place[1] + [0, 1, -1, 0, 0, 1, -1, 1, -1][i] * unit]
      .map(this.rounded, this);
    var u = (told[0] - place[0]) / (a * d - b * c);
    var v = (told[1] - place[1]) / (a * d - b * c);
    var named = { x: x + d * u - b * v, y: y + a * v - c * u, place: told };
    found = found || named;
    var cell = this.cell(named);
    if (cell.every(function (n) { return Math.abs(n - Math.round(n)) > 0.001; })) { return named; }
  }
  return found;
};

Reader.prototype.rounded = function (degrees) { return Number(degrees.toFixed(this.facts.decimals)); };

// Column and row of a place.
Reader.prototype.cell = function (at) {
  return [at.x / this.facts.width * this.facts.cells[0], at.y / this.facts.height * this.facts.cells[1]];
};

// What lies at a place.
Reader.prototype.read = function (x, y) {
  var facts = this.facts;
  var named = this.named(x, y);
  var cell = this.cell(named);
  var column = Math.floor(cell[0]);
  var row = Math.floor(cell[1]);
  var isInside = column >= 0 && row >= 0 && column < facts.cells[0] && row < facts.cells[1];
  var codes = this.pictures.find(function (picture) { return picture.holds(column, row); });
  var cover = isInside && landCover && landCover.holds(column, row) ? landCover : null;
  return Promise.all([codes && codes.load(), cover && cover.load()]).then(function () {
    var parts = [codes ? classText(codes, column, row) : words['script.beyond']];
    var category = cover ? cover.at(column, row).code : 0;
    // Where the run counted water the basemap, which may be coarser, is not asked.
    if (codes && codes.at(column, row).code === 5) {
      parts.push(words[codes.block === 1 ? 'category.water' : 'script.water']);
    } else if (category) {
      parts.push(categoryText(cover, category));
    }
    if (parks.length) { parts.push(parksAt(named.x, named.y)); }
    if (named.place) {
      parts.push(angle(named.place[1], facts.decimals, 'north', 'south') + ' ' +
        angle((named.place[0] + 540) % 360 - 180, facts.decimals, 'east', 'west'));
    }
    return parts.map(function (part) { return '\u2068' + part + '\u2069'; }).join(' \u00b7 ');
  });
};

function classText(codes, column, row) {
  var found = codes.at(column, row);
  var text = words['class.' + classKeys[found.code]] || words['script.nothing'];
  if (codes.block === 1) { return text; }
  return words['script.block'].replace('{class}', text).replace('{share}', found.share)
    .replaceAll('{cells}', codes.block);
}

function categoryText(cover, category) {
  var text = words['category.' + categoryKeys[category]];
  return cover.block === 1 ? text
    : words['script.sampled'].replace('{category}', text).replaceAll('{cells}', cover.block);
}

// Shows what is read, unless something else has been asked for since.
Reader.prototype.tell = function (readout, x, y) {
  var self = this;
  var question = {};
  this.question = question;
  this.read(x, y).then(function (text) {
    if (self.question === question) { readout.textContent = text; }
  });
};

// MARK: The scale

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
  var bounds = this.facts.bounds;
  var step = bounds[2] / 2000;
  var x = Math.min(Math.max(this.view.x + this.view.width / 2, bounds[0] + step), bounds[0] + bounds[2]);
  var y = Math.min(Math.max(this.view.y + this.view.height / 2, bounds[1]), bounds[1] + bounds[3]);
  var a = this.reader.place(x - step, y);
  var b = this.reader.place(x, y);
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

function angle(degrees, decimals, positive, negative) {
  var text = Math.abs(degrees).toFixed(decimals).replace('.', words.decimal);
  return words['script.place_' + (degrees < 0 ? negative : positive)].replace('{angle}', text);
}
