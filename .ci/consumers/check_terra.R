# km² by terra: per park and class on an equal-area plane (exact shares of cells), and per class on the ellipsoid.
# Tolerance: 1e-8 of the park and 4e-6 km² in the plane; 1e-7 on the ellipsoid, where terra draws the northern
# and southern edges of a cell as geodesics.
#
# Usage: Rscript check_terra.R PLANAR_FOLDER GEOGRAPHIC_FOLDER
suppressMessages(library(terra))
folders <- commandArgs(trailingOnly = TRUE)
failed <- FALSE
check <- function(what, good, detail = "") {
  if (!good) failed <<- TRUE
  cat(if (good) "ok       " else "FAILED   ", what, if (good) "" else paste(":", detail), "\n", sep = "")
}
columns <- c("not_suitable_km2", "minimum_km2", "medium_km2", "maximum_km2")
legend <- read.csv("styles/suitability_classes.csv")
cat("         terra ", as.character(packageVersion("terra")), ", ", R.version.string, "\n", sep = "")

parks <- vect(file.path(folders[1], "parks.gpkg"), layer = "parks")
for (species in c("leopard", "tiger", "snow-leopard")) {
  raster <- rast(file.path(folders[1], paste0(species, "_class.tif")))
  levels(raster) <- NULL
  shares <- extract(raster, parks, exact = TRUE)
  names(shares) <- c("park", "class", "share")
  rows <- read.csv(file.path(folders[1], paste0(species, "_areas.csv")), colClasses = c(park_id = "character"))
  rows <- rows[match(parks$park_id, rows$park_id), ]
  off <- 0
  good <- nrow(rows) == 2 && !anyNA(rows$park_km2)
  for (park in seq_len(nrow(rows))) for (class in 1:4) {
    km2 <- sum(shares$share[shares$park == park & shares$class %in% class]) * prod(res(raster)) / 1e6
    difference <- abs(km2 - rows[park, columns[class]])
    off <- max(off, difference)
    good <- good && difference <= 1e-8 * rows$park_km2[park] + 4e-6
  }
  check(sprintf("terra: %d areas of %s, at most %.2g m² off", 4 * nrow(rows), species, off * 1e6), good)
}

file <- file.path(folders[2], "leopard_class.tif")
raster <- rast(file)
check("terra: the classes have their names", identical(as.character(cats(raster)[[1]][, 2]), legend$name))
colours <- coltab(raster)[[1]]
colours <- colours[match(legend$value, colours[, "value"]), ]
check("terra: the classes have their colours", identical(tolower(rgb(colours[, "red"], colours[, "green"],
  colours[, "blue"], maxColorValue = 255)), legend$colour))
table <- vect(paste0(file, ".vat.dbf"), what = "attributes")
levels(raster) <- NULL
counts <- freq(raster)
check("terra: its own count of cells is that of the .vat.dbf",
  identical(as.numeric(counts[, "count"]), as.numeric(table$Count)))
ground <- expanse(raster, unit = "km", byValue = TRUE)
off <- max(abs(ground[, "area"] / table$Area_km2 - 1))
check(sprintf("terra: km² of the classes in degrees, at most %.1e off", off), nrow(ground) == 4 && off < 1e-7)
quit(status = if (failed) 1 else 0)
