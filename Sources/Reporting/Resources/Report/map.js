// Maps that pan and zoom, tell what lies under the pointer, and hide classes. The map in the page is
// complete without all this. This file comes last; the others give ReportMap its abilities.
var words = JSON.parse(document.getElementById('main').dataset.words);
// The fifth is water among what is not suitable.
var classKeys = [null, 'not_suitable', 'minimum', 'medium', 'maximum', 'not_suitable'];
var categoryKeys = [null, 'forest_broadleaf', 'forest_mixed', 'forest_conifer', 'shrub', 'meadow', 'water',
  'bare', 'cultivated', 'rice', 'built'];

var parks = Array.from(document.querySelectorAll('.definitions path[data-park]'), function (path) {
  return new Park(path);
});

var landCoverImage = document.getElementById('picture-landcover');
var landCover = landCoverImage && new Codes(landCoverImage, 'category', 10);

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
  this.reader = new Reader(figure.dataset.species, this.facts);
  this.linesOutside = this.picture.querySelector('.lines');
  this.hidden = {};
  this.pointers = new Map();
  this.lines = Array.from(figure.querySelectorAll('.graticule path')).map(function (path) {
    var numbers = path.getAttribute('d').match(/-?[\d.]+/g).map(Number);
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
  var self = this;
  // What keeps its size fits differently into another frame.
  new ResizeObserver(function () { self.draw(); }).observe(this.frame);
}

var maps = Array.from(document.querySelectorAll('figure.map'), function (figure) { return new ReportMap(figure); });

// The maps of single parks stay as they are, and tell what lies under the pointer.
document.querySelectorAll('.inset').forEach(function (inset) {
  var picture = inset.querySelector('.map-picture');
  var readout = inset.parentElement.querySelector('.readout');
  var hint = readout.textContent;
  var reader = new Reader(inset.dataset.species, maps[0].facts);
  ['pointermove', 'pointerdown'].forEach(function (name) {
    inset.addEventListener(name, function (event) {
      var box = picture.getBoundingClientRect();
      var view = picture.viewBox.baseVal;
      reader.tell(readout, view.x + (event.clientX - box.left) / box.width * view.width,
        view.y + (event.clientY - box.top) / box.height * view.height);
    });
  });
  inset.addEventListener('pointerleave', function () {
    reader.question = null;
    readout.textContent = hint;
  });
});

// A sheet is laid out too late to measure the frames: they take their width on paper, that of the style for print,
// a moment before.
function setWidth(width) {
  maps.forEach(function (map) {
    map.frame.style.width = width;
    map.draw();
  });
}
addEventListener('beforeprint', function () { setWidth('112mm'); });
addEventListener('afterprint', function () { setWidth(''); });
