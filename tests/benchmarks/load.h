// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QUrl>

/// What a server did under load.
struct Load
{
    double perSecond = 0; ///< requests by the clock
    double cpu = 0;       ///< microseconds of the server's CPU time a request
};

/// Runs `wrk -t1 -c16` for \a seconds against \a url, with \a cookie if it is not empty; \a process is the server's id.
/// Throws std::runtime_error if wrk reports anything but success.
Load runLoad(const QUrl &url, const QByteArray &cookie, qint64 process, int seconds);

double median(QList<double> values);

/// Resident memory in bytes.
qint64 residentMemory(qint64 process);
