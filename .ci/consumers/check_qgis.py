"""QGIS without a window: what opens, under which names and in which colours."""

import os
import pathlib
import sys

from qgis.analysis import QgsNativeAlgorithms
from qgis.core import (
    Qgis, QgsApplication, QgsCoordinateTransform, QgsFeatureRequest, QgsMapRendererSequentialJob, QgsMapSettings,
    QgsPointXY, QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from checks import check, classes, status

SHOWN = {"Parks", "Hillshade", "Water", "Amur leopard (Panthera pardus orientalis): suitability", "Land cover"}


def legend(layer):
    """The classes of a paletted layer as styles/suitability_classes.csv has them, None for other renderers."""
    renderer = layer.renderer()
    if renderer is None or renderer.type() != "paletted":
        return None
    return [(int(c.value), c.label, c.color.name()) for c in renderer.classes()]


def colours(layers, extent, crs, width):
    """The colours of a picture, with the number of their pixels; #00000000 is transparent."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(crs)
    settings.setExtent(extent)
    settings.setOutputSize(QSize(width, max(1, round(width * extent.height() / extent.width()))))
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    settings.setFlag(QgsMapSettings.Antialiasing, False)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage().convertToFormat(QImage.Format_ARGB32)
    counts = {}
    for y in range(image.height()):
        for x in range(image.width()):
            counts[image.pixel(x, y)] = counts.get(image.pixel(x, y), 0) + 1
    return {QColor.fromRgba(pixel).name(QColor.HexArgb) if pixel >> 24 else "#00000000": n
            for pixel, n in counts.items()}


def check_raster(folder):
    name = f"QGIS, {folder.name}"
    layer = QgsRasterLayer(str(folder / "leopard_class.tif"), "opened")
    check(f"{name}: the class raster opens with the four classes", legend(layer) == classes(), legend(layer))
    for width in (1000, 150):
        counts = colours([layer], layer.extent(), layer.crs(), width)
        allowed = {f"#ff{colour[1:]}" for _, _, colour in classes()}
        drawn = set(counts) - {"#00000000"}
        check(f"{name}: {width} pixels wide it is drawn in their colours only", drawn == allowed,
              f"{sorted(drawn ^ allowed)}")
    for kind, renderer in [("score", "singlebandpseudocolor"), ("resistance", "singlebandpseudocolor"),
                           ("limiting", "paletted")]:
        other = QgsRasterLayer(str(folder / f"leopard_{kind}.tif"), kind)
        check(f"{name}: {kind} opens as {renderer}", other.isValid() and other.renderer().type() == renderer,
              other.renderer() and other.renderer().type())
    check_counts(name, folder, layer)


def check_counts(name, folder, layer):
    """QGIS counts the cells of each class as the attribute table beside the raster does."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    algorithm = QgsApplication.processingRegistry().algorithmById("native:rasterlayeruniquevaluesreport")
    result, good = algorithm.run({"INPUT": layer, "BAND": 1, "OUTPUT_TABLE": "memory:"}, context, feedback)
    table = context.getMapLayer(result["OUTPUT_TABLE"]) if good else None
    counted = {int(row["value"]): int(row["count"]) for row in table.getFeatures()} if table else {}
    beside = QgsVectorLayer(str(folder / "leopard_class.tif.vat.dbf"), "vat", "ogr")
    stated = {row["Value"]: int(row["Count"]) for row in beside.getFeatures(QgsFeatureRequest())}
    check(f"{name}: its own count of cells is that of the .vat.dbf", counted == stated and len(counted) == 4,
          f"{counted}, not {stated}")


def check_parks(folder):
    name = f"QGIS, {folder.name}"
    layer = QgsVectorLayer(str(folder / "parks.gpkg") + "|layername=parks", "parks", "ogr")
    strokes = [part.color().name() for part in layer.renderer().symbol().symbolLayers()]
    check(f"{name}: the parks open as outlines with their names, as layer_styles has it",
          [part.layerType() for part in layer.renderer().symbol().symbolLayers()] == ["SimpleLine", "SimpleLine"]
          and strokes == ["#ffffff", "#231f20"] and layer.labelsEnabled()
          and layer.labeling().settings().fieldName == "park", strokes)


def check_water(name, visible, raster, project):
    """Water is seen on the view of all, and on views of the raster's own cells: there of blocks that are all water."""
    plain = [layer for layer in visible if layer.name() not in ("Hillshade", "Parks")]
    is_water = lambda counts: "#ffb5d6ec" in counts
    check(f"{name}: it shows water from afar", is_water(colours(plain, raster.extent(), project.crs(), 600)))
    extent, width = raster.extent(), 600 * raster.rasterUnitsPerPixelX()
    overview = [layer for layer in plain if layer.name() == "Water, overview"]
    found, coarse = [], []
    for x in range(6):
        for y in range(6):
            part = QgsRectangle.fromCenterAndSize(
                QgsPointXY(extent.xMinimum() + (x + 0.5) * extent.width() / 6,
                           extent.yMinimum() + (y + 0.5) * extent.height() / 6), width, width)
            found.append(is_water(colours(plain, part, project.crs(), 600)))
            coarse.append(is_water(colours(overview, part, project.crs(), 600)))
    check(f"{name}: it shows water close by", any(found), found)
    check(f"{name}: it shows none of the overview there", not any(coarse), coarse)


def check_bookmarks(name, folder, raster, project):
    """Each park is a place to go to."""
    parks = QgsVectorLayer(str(folder / "parks.gpkg") + "|layername=parks", "parks", "ogr")
    move = QgsCoordinateTransform(parks.crs(), project.crs(), project)
    boxes = {park["park"]: move.transformBoundingBox(park.geometry().boundingBox()) for park in parks.getFeatures()}
    marks = {mark.name(): mark.extent() for mark in project.bookmarkManager().bookmarks()}
    check(f"{name}: each park is a bookmark, named by it", sorted(marks) == sorted(boxes), sorted(marks))
    wrong = [park for park, box in boxes.items()
             if park not in marks or marks[park].crs() != project.crs()
             or not marks[park].intersects(box) or not 0.7 < marks[park].width() / box.width() < 2]
    check(f"{name}: the bookmarks lie where the parks lie", not wrong, wrong)


def check_project(folder):
    name = f"QGIS, {folder.name}"
    project = QgsProject.instance()
    read = project.read(str(folder / "leopard.qgz"))
    layers = project.layerTreeRoot().layerOrder()
    raster = QgsRasterLayer(str(folder / "leopard_class.tif"), "opened")
    invalid = [layer.name() for layer in layers if not layer.isValid()]
    cover = next((layer for layer in layers if layer.name() == "Land cover"), None)
    isFine = cover is not None and cover.width() == raster.width()
    check(f"{name}: the project opens with {len(layers)} layers, all valid",
          read and len(layers) == (8 if isFine else 9) and not invalid, f"read {read}, {len(layers)} layers, invalid {invalid}")
    check(f"{name}: its CRS is the raster's",
          project.crs().isValid() and project.crs() == raster.crs(), project.crs().toWkt())
    away = [layer.source() for layer in layers if not layer.source().startswith(str(folder))]
    check(f"{name}: all its files are in the folder", not away, away)
    visible = [layer for layer in layers if project.layerTreeRoot().findLayer(layer.id()).isVisible()]
    # Land cover that is coarser than the classes is switched off, and its water hides none close by: that of blocks
    # which are all water lies there.
    shown = SHOWN if isFine else SHOWN - {"Land cover", "Water"} | {"Water, 2 × 2 cells", "Water, overview"}
    check(f"{name}: it shows suitability, water, relief and parks, and land cover as fine",
          {layer.name() for layer in visible} == shown, [layer.name() for layer in visible])
    check_water(name, visible, raster, project)
    check_bookmarks(name, folder, raster, project)
    suitability = [layer for layer in layers if layer.name().endswith(": suitability")]
    found = [legend(layer) for layer in suitability]
    check(f"{name}: it has the four classes", found == [classes()], found)
    parks = next((layer for layer in layers if layer.name() == "Parks"), None)
    check(f"{name}: its parks have their names", parks is not None and parks.labelsEnabled()
          and parks.labeling().settings().fieldName == "park")
    whole = colours(visible, raster.extent(), project.crs(), 600)
    for layer in visible:
        if layer.name() in ("Hillshade", "Parks"):
            rest = [other for other in visible if other is not layer]
            check(f"{name}: its picture shows {layer.name().lower()}",
                  colours(rest, raster.extent(), project.crs(), 600) != whole)
    project.clear()


application = QgsApplication([], False)
application.initQgis()
QgsApplication.processingRegistry().addProvider(QgsNativeAlgorithms(QgsApplication.processingRegistry()))
print(f"         QGIS {Qgis.QGIS_VERSION}")
for argument in sys.argv[1:]:
    check_raster(pathlib.Path(argument))
    check_parks(pathlib.Path(argument))
    check_project(pathlib.Path(argument))
sys.stdout.flush()
# QGIS may crash while it takes itself down.
os._exit(status())
