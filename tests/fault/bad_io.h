/* SPDX-License-Identifier: MIT
 *
 * fault/bad_io.h: recv and sendmsg of this process, of which one, or every one, goes wrong. A
 * program that is linked with bad_io.c has its own in place of the C library's.
 */
#ifndef FAULT_BAD_IO_H
#define FAULT_BAD_IO_H

#include <stdbool.h>
#include <stdint.h>

enum bad_io {
    BAD_IO_NONE,
    BAD_IO_SHORT, /* one byte moves */
    BAD_IO_EINTR, /* a signal came */
    BAD_IO_AGAIN, /* nothing now, although poll had said so */
    BAD_IO_RESET,
    BAD_IO_END, /* recv: end of file; sendmsg: EPIPE */
    BAD_IO_NO_BUFFERS,
    BAD_IO_NUM
};

const char *bad_io_name(enum bad_io kind);
/* The n-th operation from now on, at whichever end, goes wrong; 0: none does. With
 * `every`, so does one of n, as chance will. Resets the count. */
void bad_io_at(uint64_t nth, bool every, enum bad_io kind);
/* Operations since. */
uint64_t bad_io_count(void);

#endif
