// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtCore/QJsonValue>

/// How the inspector writes times, durations, keys and events for people.
namespace Sojourn::Inspector::Format {

/// "3 s ago", "2 min ago", then the time of day, then the date.
[[nodiscard]] QString ago(TimePoint at, TimePoint now);
/// "00:29:57", from a day on "13 d 04:10:00"; "ended" once it is over.
[[nodiscard]] QString countdown(std::chrono::milliseconds left);
/// "30 min", "2 h", "14 d": a span in its largest whole unit.
[[nodiscard]] QString span(std::chrono::milliseconds span);
/// In local time, with the date unless it is today's.
[[nodiscard]] QString when(TimePoint at, TimePoint now);
/// In local time with date, seconds and zone.
[[nodiscard]] QString exact(TimePoint at);
/// The same, and below it the time in UTC: for tool tips.
[[nodiscard]] QString bothZones(TimePoint at);
[[nodiscard]] QString bytes(qint64 bytes);
[[nodiscard]] QString number(qint64 number);
/// The beginning of a key, enough to tell sessions apart by eye.
[[nodiscard]] QString shortKey(const SessionKey &key);
/// What the library says, in the language of this program, or as it is where it is not known.
[[nodiscard]] QString text(const ErrorText &text);
/// Likewise, the sentence of an error.
[[nodiscard]] QString error(const Error &error);
/// What happened, as a sentence: "Expired: no request for the idle time".
[[nodiscard]] QString event(const SessionEvent &event);
/// Why a session that \a event ended is gone, in a few words: "expired (idle)".
[[nodiscard]] QString ending(const SessionEvent &event);
/// "after 30 min without a request", "at 12:00", ...
[[nodiscard]] QString expiry(const std::optional<Expiry> &expiry);
/// One line for a JSON value: text in quotes, containers as a count.
[[nodiscard]] QString json(const QJsonValue &value);
/// The part of a session that attribute names tell to be a secret: token, password, secret, ...
[[nodiscard]] bool looksSecret(QStringView name);
/// What stands for a value that is not to be seen.
inline const QString Mask = QStringLiteral("••••••••");
/// \a value, or its parts whose names look so, behind the mask.
[[nodiscard]] QJsonValue masked(const QJsonValue &value, bool secret = false);

} // namespace Sojourn::Inspector::Format
