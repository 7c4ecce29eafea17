// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>

namespace Sojourn {

class SqliteConnection;

/// Whether the database has the present format. Error::Corrupt for one of another program, Error::Unsupported for a newer or
/// older format.
[[nodiscard]] Result<void> checkFormat(SqliteConnection &db);
/// Brings the database to the present format in one transaction, unless it has it. One of another program, and a newer format,
/// stay as they are and give the error of checkFormat().
[[nodiscard]] Result<void> prepareFormat(SqliteConnection &db);

} // namespace Sojourn
