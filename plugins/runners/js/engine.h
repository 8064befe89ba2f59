/* Included before each file of QuickJS.

   QuickJS looks at the limit of its stack only where it does not know that it is compiled for WASI. There is a stack to look at:
   build.rs has the linker set it aside. What else it asks for WASI is whether there are threads, which EMSCRIPTEN answers as well,
   and whether a block of memory can be asked for its size, which it knows of glibc. */
#include <wasi/api.h>
#undef __wasi__
#define __GLIBC__ 2
