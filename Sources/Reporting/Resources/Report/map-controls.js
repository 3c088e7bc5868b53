// Buttons, mouse, touch, keys and the legend of a map.
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
  // Beside what is read, below the map: upon it they would cover parks.
  var bar = document.createElement('div');
  bar.className = 'map-bar';
  this.readout.replaceWith(bar);
  bar.append(this.readout, tools);
  this.tools = tools;
  var crosshair = document.createElement('div');
  crosshair.className = 'crosshair';
  this.frame.appendChild(crosshair);
  this.frame.tabIndex = 0;
  this.frame.setAttribute('role', 'group');
  this.frame.setAttribute('aria-label', words['script.pan']);
};

// MARK: Mouse, touch and keys

ReportMap.prototype.position = function (event) {
  var box = this.picture.getBoundingClientRect();
  return [this.view.x + (event.clientX - box.left) / box.width * this.view.width,
    this.view.y + (event.clientY - box.top) / box.height * this.view.height];
};

ReportMap.prototype.addPointer = function () {
  var self = this;
  var frame = this.frame;
  frame.addEventListener('pointerdown', function (event) {
    self.pointers.set(event.pointerId, [event.clientX, event.clientY]);
    frame.setPointerCapture(event.pointerId);
    self.byPointer();
  });
  frame.addEventListener('pointermove', function (event) {
    var before = self.pointers.get(event.pointerId);
    if (before) { self.drag(event, before); }
    self.byPointer();
    var at = self.position(event);
    self.tell(at[0], at[1]);
  });
  ['pointerup', 'pointercancel'].forEach(function (name) {
    frame.addEventListener(name, function (event) {
      self.pointers.delete(event.pointerId);
      frame.classList.remove('panning');
    });
  });
  frame.addEventListener('pointerleave', function () {
    if (self.pointers.size) { return; }
    self.reader.question = null;
    self.readout.textContent = self.hint;
  });
  frame.addEventListener('wheel', function (event) {
    // The page scrolls as everywhere else until the map has been chosen.
    var chosen = document.activeElement;
    if (!event.ctrlKey && !frame.contains(chosen) && !self.tools.contains(chosen)) { return; }
    event.preventDefault();
    var at = self.position(event);
    self.zoom(Math.pow(1.0018, event.deltaY), at[0], at[1]);
  }, { passive: false });
  frame.addEventListener('dblclick', function (event) {
    var at = self.position(event);
    self.zoom(0.5, at[0], at[1]);
  });
};

ReportMap.prototype.tell = function (x, y) {
  this.reader.tell(this.readout, x, y);
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
      // Water is of the first class.
      if (box.value === '1') { self.hidden[5] = !box.checked; }
      self.showClasses();
    });
  });
  this.figure.querySelectorAll('.layers input').forEach(function (choice) {
    choice.checked = choice.value === 'classes';
    choice.addEventListener('change', function () {
      self.figure.classList.toggle('shows-landcover', choice.value === 'landcover');
    });
  });
};

// This map gets pictures of its own; those of the parks keep all classes.
ReportMap.prototype.showClasses = function () {
  var self = this;
  this.reader.pictures.forEach(function (codes) {
    var shared = self.figure.querySelector('.layer-classes use[href="#' + CSS.escape(codes.image.id) + '"]');
    if (shared) {
      codes.own = codes.image.cloneNode(false);
      codes.own.removeAttribute('id');
      codes.own.removeAttribute('data-shares');
      shared.replaceWith(codes.own);
    }
    codes.load().then(function () { codes.own.setAttribute('href', codes.without(self.hidden)); });
  });
};
