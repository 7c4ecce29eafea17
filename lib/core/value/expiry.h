// SPDX-License-Identifier: MIT
#pragma once

#include "global.h"

#include <QtCore/QJsonValue>

#include <optional>

namespace Sojourn {

/// When a session ends by itself.
class SOJOURN_CORE_EXPORT Expiry
{
public:
    /// What the end depends on.
    enum class Kind { OnInactivity, OnSessionEnd, AtDateTime };

    /// Without any expiry of its own or of the application's: two weeks without a request.
    static constexpr std::chrono::milliseconds DefaultIdle = std::chrono::days(14);

    /// After \a idle without a request: from a millisecond to a century; what lies outside counts as the nearer of the two.
    [[nodiscard]] static Expiry onInactivity(std::chrono::milliseconds idle);
    /// When the browser closes; the server forgets it after the application's idle time.
    [[nodiscard]] static Expiry onSessionEnd();
    /// At \a deadline, in the years 1970 to 9999, whatever happens before. An invalid date counts as one that has passed.
    [[nodiscard]] static Expiry atDateTime(const QDateTime &deadline);

    /// Which of the three.
    [[nodiscard]] Kind kind() const { return m_kind; }
    /// The idle time of OnInactivity, 0 for the other kinds.
    [[nodiscard]] std::chrono::milliseconds idle() const;
    /// The deadline of AtDateTime.
    [[nodiscard]] TimePoint deadline() const;

    /// The deadline of a session of this policy that was last used \a at, where sessions without an idle time of their own get \a
    /// defaultIdle.
    [[nodiscard]] TimePoint deadlineFrom(TimePoint at, std::chrono::milliseconds defaultIdle) const;

    /// As snapshots, stores and the API write it: {"idle": seconds}, {"sessionEnd": true} or {"at": ISO}.
    [[nodiscard]] QJsonValue toJson() const;
    /// What toJson() wrote; nothing if \a json is something else.
    [[nodiscard]] static std::optional<Expiry> fromJson(const QJsonValue &json);

    friend bool operator==(const Expiry &a, const Expiry &b) = default;

private:
    Expiry(Kind kind, qint64 value) : m_kind(kind), m_value(value) { }
    Kind m_kind;
    qint64 m_value; // ms of idle time, or ms since 1970
};

} // namespace Sojourn
