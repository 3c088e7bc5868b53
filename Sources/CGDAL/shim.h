#ifndef HABITAT_CGDAL_SHIM_H
#define HABITAT_CGDAL_SHIM_H

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <gdal_alg.h>
#include <gdal_utils.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

// CPLError is variadic, which Swift does not import.
static inline void habitat_warn(const char *text) {
  CPLError(CE_Warning, CPLE_AppDefined, "%s", text);
}

// VSIStatBufL is a macro, which Swift does not import.
// Returns the size in bytes, -1 where there is nothing, -2 for a folder.
static inline long long habitat_file_size(const char *path) {
  VSIStatBufL status;
  if (VSIStatExL(path, &status, VSI_STAT_EXISTS_FLAG | VSI_STAT_NATURE_FLAG | VSI_STAT_SIZE_FLAG) != 0)
    return -1;
  if (VSI_ISDIR(status.st_mode)) return -2;
  return (long long)status.st_size;
}

#endif
