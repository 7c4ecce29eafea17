// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

/// Puts \a sessions sessions into the store at \a url. \return the exit code of a program.
int fill(const QString &url, int sessions);
/// Does to a store that fill() filled what its visitors would do, \a rate events a second, until the program is ended.
int stir(const QString &url, int sessions, int rate);
