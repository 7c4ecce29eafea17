// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#endif

/// Holds the places of standard streams that are closed (`program <&- >&-`), so that no connection gets the number of one, and
/// what is printed. Reading and writing go on failing. Call it before anything is opened.
inline void holdStandardStreams()
{
#ifdef Q_OS_UNIX
    for (int stream = 0; stream <= 2; ++stream) {
        if (::fcntl(stream, F_GETFD) < 0)
            ::open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY); // which takes the lowest number that is free
    }
#endif
}
