import HabitatKit
import RasterCore

extension InputOptions {
  /// The options that name and correct inputs.
  static let groups: [OptionGroup] = [inputs, corrections, grid, network]

  private static let inputs = OptionGroup(
    "Inputs",
    [
      .value(
        "--landscape", "FILE|DIR|NAME", .name(.landscapes),
        "a landscape file, its folder, or a folder of ./rasters/, else of the installed ones; default "
          + "land-of-big-cats, unless an option below names other inputs"),
      .value(
        "--landcover", "PATH", .raster,
        "land-cover tiles: files, globs, folders, VRT, /vsi… paths", separator: .words),
      .value(
        "--legend", "NAME|FILE", .name(.legends),
        "what the codes mean: a built-in legend (habitat legends), a CSV, a GDAL mapping or GRASS "
          + "r.reclass rules"),
      .value(
        "--epoch", "DATE", .date,
        "when the land cover was seen, for the record, the report and STAC: 2021, 2021-06, "
          + "2021-06-30 or 2019/2021", isAdvanced: true),
      .value("--dem", "PATH", .raster, "elevation tiles, metres", separator: .words),
      .value(
        "--forest-type", "PATH", .raster,
        "forest type of CGLS-LC100: settles codes that leave the leaf type open", isAdvanced: true),
      .value(
        "--rice", "PATH|none", .raster,
        "1 where there is rice, 0 where there is none; none where no rice grows: fields are cultivated",
        or: ["none"], isAdvanced: true),
      .value(
        "--water", "PATH", .rasterOrVector(.any),
        "1 where there is water, whatever the land cover says; or outlines, OSM extracts too, and lines "
          + "where a model scores the distance to water",
        isAdvanced: true),
      .value(
        "--roads", "FILE", .vector(.lines),
        "lines of public roads, or an OSM extract (.osm, .osm.pbf)"),
      .value(
        "--settlements", "FILE|derive", .vector(.any),
        "points or polygons of settlements, or an OSM extract; derive takes built-up patches of at "
          + "least 0.05 km²", or: ["derive"]),
      .value(
        "--parks", "FILE", .vector(.polygons),
        "polygons of anything OGR opens, GPX tracks that close, a folder or archive with one such file; "
          + "without them the whole raster"),
      .value(
        "--parks-layer", "NAME", .layer(of: "--parks"),
        "the layer of the parks; default the only polygon layer"),
      .value(
        "--parks-where", "SQL", .text, "only parks that meet a condition, such as \"code='NP'\"",
        isAdvanced: true),
      .value(
        "--park-id", "FIELD", .field(of: "--parks", layer: "--parks-layer"),
        "the field that identifies a park; default the feature id"),
      .value(
        "--park-name", "FIELD", .field(of: "--parks", layer: "--parks-layer"),
        "the field that names a park; default one called name"),
    ])

  private static let corrections = OptionGroup(
    "Where inputs are silent or wrong",
    [
      .value(
        "--assume-crs", "LAYER=CRS", .ofLayer(rasterLayers + vectorLayers, words: []),
        "the CRS of \(list(rasterLayers + vectorLayers))", separator: .repeated, isAdvanced: true),
      .value(
        "--encoding", "LAYER=NAME", .ofLayer(vectorLayers, words: ["UTF-8", "CP1251", "GBK"]),
        "the encoding of the text of \(list(vectorLayers)), such as parks=CP1251 or parks=GBK, where a "
          + "Shapefile, MapInfo or DXF file does not say it", separator: .repeated,
        isAdvanced: true),
      .value(
        "--nodata", "LAYER=V", .ofLayer(rasterLayers, words: ["none"]),
        "the value that means no value, or none; of \(list(rasterLayers))", separator: .repeated,
        isAdvanced: true),
      .value(
        "--band", "LAYER=N", .ofLayer(rasterLayers, words: []),
        "the band, from 1; of \(list(rasterLayers))", separator: .repeated, isAdvanced: true),
      .value(
        "--source", "LAYER=TEXT", .ofLayer(sourceLayers, words: []),
        "who made a layer, such as dem=\"NASA, SRTM\", for report, maps and STAC; default what the "
          + "landscape, the file, the product or the legend says", separator: .repeated,
        isAdvanced: true),
      .value(
        "--licence", "LAYER=TEXT", .ofLayer(sourceLayers, words: []),
        "under which licence a layer may be used, such as landcover=\"CC BY 4.0\"; default likewise",
        separator: .repeated, isAdvanced: true),
      .flag(
        "--verify-blocks",
        "check the sums that compressed blocks hold in the sources of virtual rasters, too; "
          + "those of other files are always checked",
        isAdvanced: true),
      .flag(
        "--allow-gaps", "count missing land cover and heights as nodata instead of refusing them",
        isAdvanced: true),
    ])

  private static let grid = OptionGroup(
    "Another analysis grid",
    [
      .value(
        "--crs", "CRS", .crs,
        "the CRS of the grid, such as EPSG:32652 or 32652; default the land cover's own grid",
        isAdvanced: true),
      .value(
        "--resolution", "R|RX,RY", .cellSize, "the size of a cell in units of the CRS",
        separator: .commas, isAdvanced: true),
      .value(
        "--extent", "W,S,E,N|parks[+KM]", .extent,
        "the part of the grid that is scored: a box in its CRS, or the box of the parks and KM around it; "
          + "time then goes with the parks", separator: .commas),
      .value(
        "--mask", "parks[+KM]", .text,
        "tiles of 512 cells that lie farther than KM from every park are not scored: for parks far apart",
        isAdvanced: true),
      .value(
        "--extent-crs", "CRS", .crs,
        "the CRS of --extent where it is another, such as EPSG:4326; the grid then has the whole cells "
          + "around that box", isAdvanced: true),
    ])

  private static let network = OptionGroup(
    "Files on servers",
    [
      .value(
        "--cache", "DIR", .folder,
        "where parts of files on servers (https://…, s3://…, /vsicurl/…) are kept; default "
          + "$HABITAT_CACHE, else ~/.cache/habitat", isAdvanced: true),
      .flag(
        "--offline", "ask nothing of servers: what the cache lacks is missing", isAdvanced: true),
    ])

  private static func list(_ layers: [String]) -> String {
    layers.dropLast().joined(separator: ", ") + " or " + (layers.last ?? "")
  }

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
    sources = arguments.list("--source")
    licences = arguments.list("--licence")
    crs = arguments.value("--crs")
    resolution = arguments.value("--resolution")
    extent = arguments.value("--extent")
    mask = arguments.value("--mask")
    extentCRS = arguments.value("--extent-crs")
    verifiesBlocks = arguments.has("--verify-blocks")
    allowGaps = arguments.has("--allow-gaps")
    cache = arguments.value("--cache")
    isOffline = arguments.has("--offline")
  }
}
