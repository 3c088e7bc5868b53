#ifndef HABITAT_CGDAL_SHIM_H
#define HABITAT_CGDAL_SHIM_H

#include <cpl_compressor.h>
#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_minixml.h>
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

// The answer to a request that is not to be made; GDAL frees it, so it must come from GDAL's allocator.
static inline CPLHTTPResult *habitat_refused_request(void) {
  CPLHTTPResult *result = (CPLHTTPResult *)CPLCalloc(1, sizeof(CPLHTTPResult));
  result->nStatus = 1;
  result->pszErrBuf = CPLStrdup("the network is off: no path that was named is on it");
  return result;
}

#endif
