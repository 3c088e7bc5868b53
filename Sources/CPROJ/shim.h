#ifndef HABITAT_CPROJ_SHIM_H
#define HABITAT_CPROJ_SHIM_H

#include <geodesic.h>
#include <proj.h>
// Geographic CRSs from their parts, as GDAL makes them.
#include <proj_experimental.h>

#endif
