// SPDX-License-Identifier: MIT

// For LD_PRELOAD: a system on which file locks fail, with the error number NOLOCKS_ERRNO.

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int withoutLocks(int descriptor, int command, void *argument)
{
    if (command == F_SETLK || command == F_SETLKW || command == F_GETLK) {
        const char *number = std::getenv("NOLOCKS_ERRNO");
        errno = number ? std::atoi(number) : ENOLCK;
        return -1;
    }
    return int(syscall(SYS_fcntl, descriptor, command, argument));
}

extern "C" int fcntl(int descriptor, int command, ...)
{
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    return withoutLocks(descriptor, command, argument);
}

extern "C" int fcntl64(int descriptor, int command, ...)
{
    va_list arguments;
    va_start(arguments, command);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    return withoutLocks(descriptor, command, argument);
}
