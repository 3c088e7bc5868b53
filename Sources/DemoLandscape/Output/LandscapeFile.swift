/// The landscape file of the demonstration.
enum LandscapeFile {
  static let text = """
    // SYNTHETIC demonstration, made by habitat-demo-landscape: no measurement of any real place.
    {
      name: "Land of Big Cats", synthetic: true,
      landCover: { tiles: ["landcover/*.tif"], legend: "ten_categories", epoch: "synthetic" },
      elevation: { tiles: ["dem/*.tif"] },
      parks: { path: "parks.gpkg", layer: "parks", id: "park_id", name: "name" },
      roads: { path: "infrastructure.gpkg", layer: "roads" },
      settlements: { path: "infrastructure.gpkg", layer: "settlements" },
      sources: [
        {
          layer: "landCover", title: "Synthetic land cover in ten categories, 60 m",
          licence: "CC0-1.0", url: "README.md",
        },
        {
          layer: "elevation", title: "Synthetic elevation, 3 arc-seconds",
          licence: "CC0-1.0", url: "README.md",
        },
        {
          layer: "parks",
          title: "Outlines drawn by hand near the true places, sized to the areas in NEASPEC 2026",
          licence: "CC0-1.0", url: "README.md",
        },
        {
          layer: "roads", title: "Synthetic roads", licence: "CC0-1.0", url: "README.md",
        },
        {
          layer: "settlements", title: "Synthetic settlements",
          licence: "CC0-1.0", url: "README.md",
        },
      ],
    }

    """
}
