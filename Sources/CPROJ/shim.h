#ifndef HABITAT_CPROJ_SHIM_H
#define HABITAT_CPROJ_SHIM_H

#include <geodesic.h>
#include <proj.h>

#endif
