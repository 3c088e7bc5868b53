#ifndef HABITAT_CGDAL_SHIM_H
#define HABITAT_CGDAL_SHIM_H

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

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

// Swift does not import what GDAL has for a file's status, struct stat64: where offsets have 64 bits it is laid out as
// struct stat is.
static inline void habitat_describe_file(void *status, unsigned long long bytes) {
  struct stat file;
  memset(&file, 0, sizeof file);
  file.st_mode = S_IFREG | 0444;
  file.st_size = (off_t)bytes;
  memcpy(status, &file, sizeof file);
}

static inline void habitat_no_such_file(void) { errno = ENOENT; }

// GDAL frees it.
static inline char **habitat_empty_list(void) { return (char **)CPLCalloc(1, sizeof(char *)); }

// A request of the program's own reader, which says so in its options.
static inline int habitat_is_permitted(CSLConstList options) {
  return CSLFetchNameValue(options, "HABITAT_READER") != NULL;
}

#endif
