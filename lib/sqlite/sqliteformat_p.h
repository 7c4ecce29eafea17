// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>

namespace Sojourn {

class SqliteConnection;

/// What PRAGMA user_version says of a file that this version can use.
[[nodiscard]] qint64 currentFormat();
/// Error::Unsupported for a file of any other format.
[[nodiscard]] Error wrongFormat(const QString &path, qint64 format);
/// Whether the database has the present format. Error::Corrupt for one of another program, Error::Unsupported for a newer or
/// older format.
[[nodiscard]] Result<void> checkFormat(SqliteConnection &db);
/// Brings the database to the present format in one transaction, unless it has it. One of another program, and a newer format,
/// stay as they are and give the error of checkFormat().
[[nodiscard]] Result<void> prepareFormat(SqliteConnection &db);

} // namespace Sojourn
