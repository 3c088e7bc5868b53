import HabitatKit
import RasterCore

extension InputOptions {
  /// The options that name and correct inputs.
  static let sections: [(title: String, options: [Option])] = [
    (
      "Inputs",
      [
        .value(
          "--landscape", "FILE|DIR|NAME",
          "a landscape file, its folder, or a folder of ./rasters/; default land-of-big-cats, unless "
            + "an option below names other inputs"),
        .list(
          "--landcover", "PATH", "land-cover tiles: files, globs, folders, VRT, /vsi… paths"),
        .value(
          "--legend", "NAME|FILE",
          "what the codes mean: a built-in legend (habitat legends), a CSV, a GDAL mapping or GRASS "
            + "r.reclass rules"),
        .value(
          "--epoch", "DATE",
          "when the land cover was seen, for the record, the report and STAC: 2021, 2021-06, "
            + "2021-06-30 or 2019/2021"),
        .list("--dem", "PATH", "elevation tiles, metres"),
        .value(
          "--forest-type", "PATH",
          "forest type of CGLS-LC100: settles codes that leave the leaf type open"),
        .value("--rice", "PATH", "1 where there is rice, 0 where there is none"),
        .value(
          "--water", "PATH",
          "1 where there is water, whatever the land cover says; or outlines, OSM extracts too"),
        .value("--roads", "FILE", "lines of public roads, or an OSM extract (.osm, .osm.pbf)"),
        .value(
          "--settlements", "FILE|derive",
          "points or polygons of settlements, or an OSM extract; derive takes built-up patches of at "
            + "least 0.05 km²"),
        .value("--parks", "FILE", "polygons of anything OGR opens; without them the whole raster"),
        .value("--parks-layer", "NAME", "the layer of the parks; default the only polygon layer"),
        .value("--parks-where", "SQL", "only parks that meet a condition, such as \"name = 'x'\""),
        .value("--park-id", "FIELD", "the field that identifies a park; default the feature id"),
        .value("--park-name", "FIELD", "the field that names a park; default one called name"),
      ]
    ),
    (
      "Where inputs are silent or wrong",
      [
        .repeated(
          "--assume-crs", "LAYER=CRS",
          "the CRS of landcover, dem, parks, roads, settlements, forest-type, rice or water"),
        .repeated(
          "--encoding", "LAYER=NAME",
          "the encoding of the text of parks, roads or settlements, such as parks=CP1251 or parks=GBK, "
            + "where a Shapefile, MapInfo or DXF file does not say it"),
        .repeated(
          "--nodata", "LAYER=V",
          "the value that means no value, or none; of landcover, dem, forest-type, rice or water"),
        .repeated(
          "--band", "LAYER=N", "the band, from 1; of landcover, dem, forest-type, rice or water"),
        .flag(
          "--verify-blocks",
          "check the sums that compressed blocks hold; done always, so this changes nothing"),
        .flag(
          "--allow-gaps", "count missing land cover and heights as nodata instead of refusing them"),
      ]
    ),
    (
      "Another analysis grid",
      [
        .value("--crs", "CRS", "the CRS of the grid; default the land cover's own grid"),
        .value("--resolution", "R|RX,RY", "the size of a cell in units of the CRS"),
        .value("--extent", "W,S,E,N", "the box of the grid in its CRS"),
      ]
    ),
  ]

  init(_ arguments: Arguments) {
    self.init()
    landscape = arguments.value("--landscape")
    landCover = arguments.list("--landcover")
    legend = arguments.value("--legend")
    epoch = arguments.value("--epoch")
    dem = arguments.list("--dem")
    forestType = arguments.value("--forest-type")
    rice = arguments.value("--rice")
    water = arguments.value("--water")
    roads = arguments.value("--roads")
    settlements = arguments.value("--settlements")
    parks = arguments.value("--parks")
    parksLayer = arguments.value("--parks-layer")
    parksWhere = arguments.value("--parks-where")
    parkID = arguments.value("--park-id")
    parkName = arguments.value("--park-name")
    assumedCRS = arguments.list("--assume-crs")
    encodings = arguments.list("--encoding")
    nodata = arguments.list("--nodata")
    bands = arguments.list("--band")
    crs = arguments.value("--crs")
    resolution = arguments.value("--resolution")
    extent = arguments.value("--extent")
    allowGaps = arguments.has("--allow-gaps")
  }
}
