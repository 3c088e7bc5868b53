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

#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef __linux__
#include <sys/vfs.h>
#endif

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

// Swift's module of the C library leaves vfs.h and malloc.h out.
static inline long habitat_file_system(const char *path) {
#ifdef __linux__
  struct statfs system;
  if (statfs(path, &system) == 0) return (long)system.f_type;
#endif
  return 0;
}

static inline void habitat_share_heap(void) {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
#endif
}

static inline void habitat_trim_heap(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

// What the heap holds without using it.
static inline size_t habitat_free_heap_bytes(void) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
  return mallinfo2().fordblks;
#else
  return 0;
#endif
}

static inline void habitat_return_freed_blocks(int bytes) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, bytes);
  mallopt(M_TRIM_THRESHOLD, bytes);
  malloc_trim(0);
#endif
}

#endif
