#ifndef HABITAT_CSYSTEM_SHIM_H
#define HABITAT_CSYSTEM_SHIM_H

// Any header of the C library tells whether it is glibc, which is asked below.
#include <stdlib.h>

// Swift's module of the C library leaves vfs.h and malloc.h out.
#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef __linux__
#include <sys/vfs.h>
#endif

// The kind of the file system that a path is on, as Linux numbers them; 0 elsewhere.
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
