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
        if (self.swatch(code)) { self.colours[self.colour(code)] = code; }
      }
      resolve(self);
    };
    picture.src = self.image.getAttribute('href');
  });
  return this.loading;
};

Codes.prototype.swatch = function (code) {
  return document.querySelector('.swatch .' + this.prefix + '-' + code);
};

Codes.prototype.colour = function (code) {
  var parts = getComputedStyle(this.swatch(code)).fill.match(/\d+/g).map(Number);
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
