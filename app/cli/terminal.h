// SPDX-License-Identifier: MIT
#pragma once

#include "outcome.h"

#include <QtCore/QString>

#include <optional>

/// What the person in front of the program sees, if there is one.
namespace Terminal {

[[nodiscard]] bool isOutput(); ///< whether standard output is a terminal
[[nodiscard]] bool isError();  ///< whether standard error is
[[nodiscard]] int width();     ///< of standard output in columns; 0, for no limit, if it is no terminal

enum Style { Bold, Dim, Green, Red, Yellow };
/// \a text in this style, if standard output is a terminal and NO_COLOR (https://no-color.org) is not set.
[[nodiscard]] QString styled(const QString &text, Style style);

/// "1 session", "2 sessions".
[[nodiscard]] QString sessions(qint64 count);

/// \a text without the control characters that would steer the terminal: what visitors sent is shown, not obeyed.
[[nodiscard]] QString harmless(const QString &text);

/// \a object in one line. On a terminal what would steer it is escaped, which changes no value.
[[nodiscard]] QByteArray json(const QJsonObject &object);
/// The same of JSON \a text.
[[nodiscard]] QByteArray json(const QByteArray &text);

/// Writes to standard output. Where that fails the program ends with Failed, and says why unless it is that nobody reads any
/// more.
void print(const QString &text);
void print(const QByteArray &utf8);
void flush();
/// From now on what is printed goes through a pager (PAGER, by default less) if it is longer than the screen of a terminal.
void startPaging();
/// To be called before the program ends: what was printed may not be written yet, or a pager may be open.
void finish();
/// With which exit code the program ends if the pager is left before the end; by default Done.
void leavingMeans(ExitCode code);
/// Ends the program at once, with the terminal as it was. A signal's handler may call it.
[[noreturn]] void endNow(ExitCode code);
/// Writes a line for a person to standard error, without secrets that it may repeat.
void note(const QString &text);

/// Asks for a password without showing it; nothing if there is no terminal to ask at.
[[nodiscard]] std::optional<QString> askPassword(const QString &question);

} // namespace Terminal
