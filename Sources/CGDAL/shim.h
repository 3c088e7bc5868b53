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

#endif
