// SPDX-License-Identifier: MIT
#pragma once

#include "error.h"

#include <QtCore/QIODevice>

#include <memory>

namespace Sojourn {

/// A stream that packs what is written to it (WriteOnly) into \a file as gzip (RFC 1952), or unpacks what is read (ReadOnly).
/// close() it before \a file: that writes the end. What goes wrong there is an error of \a file.
/// Error::Unsupported in builds without zlib.
[[nodiscard]] Result<std::unique_ptr<QIODevice>> openGzip(QIODevice *file, QIODevice::OpenMode mode);

} // namespace Sojourn
