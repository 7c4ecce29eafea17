// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>

namespace Sojourn {

class SqliteConnection;

/// What PRAGMA user_version says of a file that this version can use.
[[nodiscard]] qint64 currentFormat();
/// Error::Unsupported for a file of any other format, Error::Corrupt where no version has written such a number.
[[nodiscard]] Error wrongFormat(const QString &path, qint64 format);
/// Whether the database has the present format. Error::Corrupt for one of another program or with a format that cannot be,
/// Error::Unsupported for a newer or older one.
[[nodiscard]] Result<void> checkFormat(SqliteConnection &db);
/// Brings the database to the present format in one transaction, unless it has it. What cannot be used stays as it is and gives
/// the error of checkFormat().
[[nodiscard]] Result<void> prepareFormat(SqliteConnection &db);

} // namespace Sojourn
