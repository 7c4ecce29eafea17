// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/error.h>

#include <QtCore/QIODevice>

#include <memory>

namespace Sojourn {

/// Writes all of \a data to \a device. A disk that gets full takes a part, and says what is wrong only when it is given the rest.
[[nodiscard]] inline bool writeWhole(QIODevice &device, QByteArrayView data)
{
    while (!data.isEmpty()) {
        const qint64 written = device.write(data.data(), data.size());
        if (written <= 0)
            return false;
        data = data.sliced(written);
    }
    return true;
}

/// A stream that packs what is written to it (WriteOnly) into \a file as gzip (RFC 1952), or unpacks what is read (ReadOnly).
/// close() it before \a file: that writes the end. What goes wrong there is an error of \a file.
/// Error::Unsupported in builds without zlib.
[[nodiscard]] Result<std::unique_ptr<QIODevice>> openGzip(QIODevice *file, QIODevice::OpenMode mode);

} // namespace Sojourn
