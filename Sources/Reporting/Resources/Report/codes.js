// A picture of the page: the code of each of its dots, its colour looked up in the legend that drew it, and where
// dots are blocks of cells the share of the block that has it.
function Codes(image, prefix, count) {
  this.image = image;
  this.prefix = prefix;
  this.count = count;
  this.window = image.dataset.window.split(' ').map(Number);
  this.block = Number(image.dataset.block);
}

// The pixels of a picture, once it has been decoded.
function pixels(address) {
  return new Promise(function (resolve) {
    var picture = new Image();
    picture.onload = function () {
      var canvas = document.createElement('canvas');
      canvas.width = picture.naturalWidth;
      canvas.height = picture.naturalHeight;
      var context = canvas.getContext('2d', { willReadFrequently: true });
      context.drawImage(picture, 0, 0);
      resolve(context.getImageData(0, 0, canvas.width, canvas.height));
    };
    picture.src = address;
  });
}

Codes.prototype.load = function () {
  if (this.loading) { return this.loading; }
  var self = this;
  var shares = this.image.dataset.shares;
  this.loading = Promise.all([pixels(this.image.getAttribute('href')), shares && pixels(shares)])
    .then(function (loaded) {
      self.pixels = loaded[0];
      self.shares = loaded[1];
      self.colours = {};
      for (var code = 1; code <= self.count; code += 1) {
        if (self.swatch(code)) { self.colours[self.colour(code)] = code; }
      }
      return self;
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

// Whether a cell of the raster is in the picture.
Codes.prototype.holds = function (column, row) {
  var across = column - this.window[0];
  var down = row - this.window[1];
  return across >= 0 && down >= 0 && across < this.window[2] && down < this.window[3];
};

// The code of a cell that the picture holds, and its share of the block in per cent where that was counted.
Codes.prototype.at = function (column, row) {
  var across = Math.floor((column - this.window[0]) / this.block);
  var down = Math.floor((row - this.window[1]) / this.block);
  var i = 4 * (down * this.pixels.width + across);
  var data = this.pixels.data;
  return {
    code: data[i + 3] ? this.colours[data[i] << 16 | data[i + 1] << 8 | data[i + 2]] || 0 : 0,
    share: this.shares ? this.shares.data[i] : null
  };
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
