// Maps that pan and zoom, tell what lies under the pointer, and hide classes. The map in the page is
// complete without all this.
(function () {
  'use strict';
  var words = JSON.parse(document.getElementById('main').dataset.words);
  var classKeys = [null, 'not_suitable', 'minimum', 'medium', 'maximum'];
  var categoryKeys = [null, 'forest_broadleaf', 'forest_mixed', 'forest_conifer', 'shrub', 'meadow', 'water',
    'bare', 'cultivated', 'rice', 'built'];

  // The parks, for the question in which of them a place lies.
  var shapes = Array.from(document.querySelectorAll('.definitions path[data-park]')).map(function (path) {
    return { name: path.dataset.park, path: new Path2D(path.getAttribute('d')) };
  });
  var probe = document.createElement('canvas').getContext('2d');

  // MARK: Pictures

  // The codes of a picture: its colours looked up in the legend that drew it.
  function Codes(image, prefix, count) {
    this.image = image;
    this.prefix = prefix;
    this.count = count;
    this.box = ['x', 'y', 'width', 'height'].map(function (name) { return Number(image.getAttribute(name)); });
  }

  Codes.prototype.load = function () {
    if (this.loading) { return this.loading; }
    var self = this;
    this.loading = new Promise(function (resolve) {
      var picture = new Image();
      picture.onload = function () {
        var canvas = document.createElement('canvas');
        canvas.width = picture.naturalWidth;
        canvas.height = picture.naturalHeight;
        var context = canvas.getContext('2d', { willReadFrequently: true });
        context.drawImage(picture, 0, 0);
        self.canvas = canvas;
        self.pixels = context.getImageData(0, 0, canvas.width, canvas.height);
        self.colours = {};
        for (var code = 1; code <= self.count; code += 1) {
          self.colours[self.colour(code)] = code;
        }
        resolve(self);
      };
      picture.src = self.image.getAttribute('href');
    });
    return this.loading;
  };

  Codes.prototype.colour = function (code) {
    var swatch = document.querySelector('.swatch .' + this.prefix + '-' + code);
    var parts = getComputedStyle(swatch).fill.match(/\d+/g).map(Number);
    return parts[0] << 16 | parts[1] << 8 | parts[2];
  };

  Codes.prototype.at = function (x, y) {
    if (!this.pixels) { return 0; }
    var column = Math.floor((x - this.box[0]) / this.box[2] * this.pixels.width);
    var row = Math.floor((y - this.box[1]) / this.box[3] * this.pixels.height);
    if (column < 0 || row < 0 || column >= this.pixels.width || row >= this.pixels.height) { return 0; }
    var data = this.pixels.data;
    var i = 4 * (row * this.pixels.width + column);
    return data[i + 3] ? this.colours[data[i] << 16 | data[i + 1] << 8 | data[i + 2]] || 0 : 0;
  };

  // The picture with some codes left out.
  Codes.prototype.without = function (hidden) {
    var canvas = document.createElement('canvas');
    canvas.width = this.pixels.width;
    canvas.height = this.pixels.height;
    var context = canvas.getContext('2d');
    var copy = new ImageData(new Uint8ClampedArray(this.pixels.data), canvas.width, canvas.height);
    var data = copy.data;
    for (var i = 0; i < data.length; i += 4) {
      if (data[i + 3] && hidden[this.colours[data[i] << 16 | data[i + 1] << 8 | data[i + 2]]]) { data[i + 3] = 0; }
    }
    context.putImageData(copy, 0, 0);
    return canvas.toDataURL();
  };

  var landCoverImage = document.getElementById('picture-landcover');
  var landCover = landCoverImage && new Codes(landCoverImage, 'category', 10);

  // MARK: A map

  function ReportMap(figure) {
    this.figure = figure;
    this.frame = figure.querySelector('.map-frame');
    this.picture = figure.querySelector('.map-picture');
    this.labels = figure.querySelector('.map-labels');
    this.readout = figure.querySelector('.readout');
    this.hint = this.readout.textContent;
    this.facts = JSON.parse(figure.dataset.map);
    var box = this.picture.viewBox.baseVal;
    this.first = { x: box.x, y: box.y, width: box.width, height: box.height };
    this.view = Object.assign({}, this.first);
    this.codes = new Codes(document.getElementById('picture-' + figure.dataset.species), 'class', 4);
    this.hidden = {};
    this.pointers = new Map();
    this.lines = Array.from(figure.querySelectorAll('.graticule path')).map(function (path) {
      var numbers = path.getAttribute('d').match(/-?\d+/g).map(Number);
      var points = [];
      for (var i = 0; i < numbers.length; i += 2) { points.push([numbers[i], numbers[i + 1]]); }
      return {
        level: Number(path.getAttribute('class').slice(-1)), axis: path.dataset.axis,
        label: path.dataset.label, points: points
      };
    });
    this.addTools();
    this.addPointer();
    this.addKeyboard();
    this.addLegend();
    this.draw();
  }

  ReportMap.prototype.addTools = function () {
    var self = this;
    var tools = document.createElement('div');
    tools.className = 'map-tools';
    [['+', 'zoom_in', function () { self.zoom(0.5); }], ['\u2212', 'zoom_out', function () { self.zoom(2); }],
      ['\u2302', 'whole', function () { self.reset(); }]].forEach(function (tool) {
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = tool[0];
      button.title = words['script.' + tool[1]];
      button.setAttribute('aria-label', words['script.' + tool[1]]);
      button.addEventListener('click', tool[2]);
      tools.appendChild(button);
    });
    this.frame.appendChild(tools);
    var crosshair = document.createElement('div');
    crosshair.className = 'crosshair';
    this.frame.appendChild(crosshair);
    this.frame.tabIndex = 0;
    this.frame.setAttribute('role', 'group');
    this.frame.setAttribute('aria-label', words['script.pan']);
  };

  // MARK: The view

  ReportMap.prototype.zoom = function (factor, x, y) {
    var view = this.view;
    if (x === undefined) { x = view.x + view.width / 2; y = view.y + view.height / 2; }
    var most = Math.max(this.first.width, this.facts.width, this.facts.height * this.first.width / this.first.height);
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

  // The middle of the view stays on the map.
  ReportMap.prototype.clamp = function () {
    var view = this.view;
    view.x = Math.min(Math.max(view.x, -view.width / 2), this.facts.width - view.width / 2);
    view.y = Math.min(Math.max(view.y, -view.height / 2), this.facts.height - view.height / 2);
  };

  ReportMap.prototype.draw = function () {
    this.clamp();
    var view = this.view;
    this.picture.setAttribute('viewBox', [view.x, view.y, view.width, view.height].join(' '));
    var scale = this.first.width / view.width;
    var cell = Number(this.codes.image.dataset.cell);
    this.figure.classList.toggle('zoomed', cell * this.frame.clientWidth > 3 * view.width);
    this.figure.classList.toggle('zoom-1', scale >= 3 && scale < 12);
    this.figure.classList.toggle('zoom-2', scale >= 12);
    this.drawScale();
    this.drawNames();
    this.drawGraticule(scale >= 12 ? 2 : scale >= 3 ? 1 : 0);
  };

  ReportMap.prototype.percent = function (x, y) {
    return [100 * (x - this.view.x) / this.view.width, 100 * (y - this.view.y) / this.view.height];
  };

  // Names that would cover one already there, or that lie beyond the frame, are left out.
  ReportMap.prototype.drawNames = function () {
    var self = this;
    var taken = [];
    this.labels.querySelectorAll('.park-label').forEach(function (label) {
      var place = self.percent(Number(label.dataset.x), Number(label.dataset.y));
      label.setAttribute('x', place[0] + '%');
      label.setAttribute('y', place[1] + '%');
      label.classList.remove('hidden');
      var box = label.getBBox();
      var isFree = place[0] > 0 && place[0] < 100 && place[1] > 0 && place[1] < 100 && taken.every(function (other) {
        return box.x > other.x + other.width || other.x > box.x + box.width || box.y > other.y + other.height ||
          other.y > box.y + box.height;
      });
      if (isFree) { taken.push(box); } else { label.classList.add('hidden'); }
    });
  };

  ReportMap.prototype.drawGraticule = function (level) {
    var view = this.view;
    var group = this.labels.querySelector('.graticule-labels');
    group.textContent = '';
    this.lines.forEach(function (line) {
      if (line.level > level) { return; }
      var isMeridian = line.axis === 'x';
      var edge = isMeridian ? view.y + view.height : view.x;
      for (var i = 1; i < line.points.length; i += 1) {
        var a = line.points[i - 1];
        var b = line.points[i];
        var from = isMeridian ? a[1] : a[0];
        var to = isMeridian ? b[1] : b[0];
        if (from === to || (from - edge) * (to - edge) > 0) { continue; }
        var share = (edge - from) / (to - from);
        var along = isMeridian ? (a[0] + share * (b[0] - a[0]) - view.x) / view.width
          : (a[1] + share * (b[1] - a[1]) - view.y) / view.height;
        // Below, on the left, stands the scale.
        if (along < 0.04 || along > (isMeridian ? 0.96 : 0.88)) { continue; }
        var text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
        text.setAttribute('class', 'graticule-label ' + (isMeridian ? 'meridian' : 'parallel'));
        text.setAttribute('x', isMeridian ? 100 * along + '%' : '0%');
        text.setAttribute('y', isMeridian ? '100%' : 100 * along + '%');
        text.setAttribute('dx', isMeridian ? 0 : 5);
        text.setAttribute('dy', isMeridian ? -6 : 4);
        text.textContent = line.label;
        group.appendChild(text);
        break;
      }
    });
  };

  // MARK: The ground

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

  ReportMap.prototype.position = function (event) {
    var box = this.picture.getBoundingClientRect();
    return [this.view.x + (event.clientX - box.left) / box.width * this.view.width,
      this.view.y + (event.clientY - box.top) / box.height * this.view.height];
  };

  // MARK: Mouse, touch and keys

  ReportMap.prototype.addPointer = function () {
    var self = this;
    var frame = this.frame;
    frame.addEventListener('pointerdown', function (event) {
      if (event.target.closest('button')) { return; }
      self.pointers.set(event.pointerId, [event.clientX, event.clientY]);
      frame.setPointerCapture(event.pointerId);
      self.byPointer();
    });
    frame.addEventListener('pointermove', function (event) {
      var before = self.pointers.get(event.pointerId);
      if (before) { self.drag(event, before); }
      self.byPointer();
      self.tell.apply(self, self.position(event));
    });
    ['pointerup', 'pointercancel'].forEach(function (name) {
      frame.addEventListener(name, function (event) {
        self.pointers.delete(event.pointerId);
        frame.classList.remove('panning');
      });
    });
    frame.addEventListener('pointerleave', function () {
      if (!self.pointers.size) { self.readout.textContent = self.hint; }
    });
    frame.addEventListener('wheel', function (event) {
      // The page scrolls as everywhere else until the map has been chosen.
      if (!event.ctrlKey && !frame.contains(document.activeElement)) { return; }
      event.preventDefault();
      var at = self.position(event);
      self.zoom(Math.pow(1.0018, event.deltaY), at[0], at[1]);
    }, { passive: false });
    frame.addEventListener('dblclick', function (event) {
      if (event.target.closest('button')) { return; }
      var at = self.position(event);
      self.zoom(0.5, at[0], at[1]);
    });
  };

  // One finger or the mouse moves the map, two move and zoom it.
  ReportMap.prototype.drag = function (event, before) {
    var box = this.picture.getBoundingClientRect();
    var unit = this.view.width / box.width;
    var now = [event.clientX, event.clientY];
    this.frame.classList.add('panning');
    if (this.pointers.size === 2) {
      var other = Array.from(this.pointers).find(function (entry) { return entry[0] !== event.pointerId; })[1];
      var old = Math.hypot(before[0] - other[0], before[1] - other[1]);
      var fresh = Math.hypot(now[0] - other[0], now[1] - other[1]);
      if (old > 0 && fresh > 0) {
        var at = this.position({ clientX: other[0], clientY: other[1] });
        this.zoom(old / fresh, at[0], at[1]);
      }
    } else {
      this.pan((before[0] - now[0]) * unit, (before[1] - now[1]) * unit);
    }
    this.pointers.set(event.pointerId, now);
  };

  ReportMap.prototype.byPointer = function () {
    this.frame.classList.remove('by-keyboard');
    this.readout.setAttribute('aria-live', 'off');
  };

  ReportMap.prototype.addKeyboard = function () {
    var self = this;
    this.frame.addEventListener('keydown', function (event) {
      var step = self.view.width / 12;
      var acts = {
        ArrowLeft: function () { self.pan(-step, 0); }, ArrowRight: function () { self.pan(step, 0); },
        ArrowUp: function () { self.pan(0, -step); }, ArrowDown: function () { self.pan(0, step); },
        '+': function () { self.zoom(0.5); }, '=': function () { self.zoom(0.5); },
        '-': function () { self.zoom(2); }, Home: function () { self.reset(); }
      };
      var act = event.target === self.frame && !event.ctrlKey && !event.metaKey && !event.altKey && acts[event.key];
      if (!act) { return; }
      event.preventDefault();
      act();
      self.frame.classList.add('by-keyboard');
      self.readout.setAttribute('aria-live', 'polite');
      self.tell(self.view.x + self.view.width / 2, self.view.y + self.view.height / 2);
    });
    this.frame.addEventListener('blur', function () { self.frame.classList.remove('by-keyboard'); });
  };

  // MARK: The legend

  ReportMap.prototype.addLegend = function () {
    var self = this;
    this.figure.querySelectorAll('.classes input').forEach(function (box) {
      box.checked = true;
      box.addEventListener('change', function () {
        self.hidden[box.value] = !box.checked;
        self.codes.load().then(function () { self.showClasses(); });
      });
    });
    this.figure.querySelectorAll('.layers input').forEach(function (choice) {
      choice.checked = choice.value === 'classes';
      choice.addEventListener('change', function () {
        self.figure.classList.toggle('shows-landcover', choice.value === 'landcover');
      });
    });
  };

  // This map gets a picture of its own; those of the parks keep all classes.
  ReportMap.prototype.showClasses = function () {
    var own = this.figure.querySelector('image.layer-classes');
    if (!own) {
      var shared = this.figure.querySelector('.layer-classes');
      own = this.codes.image.cloneNode(false);
      own.removeAttribute('id');
      own.classList.add('layer-classes');
      shared.replaceWith(own);
    }
    own.setAttribute('href', this.codes.without(this.hidden));
  };

  document.querySelectorAll('figure.map').forEach(function (figure) { new ReportMap(figure); });
})();
