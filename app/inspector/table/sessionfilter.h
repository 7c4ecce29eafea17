// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionRecord>

namespace Sojourn::Inspector {

/// Which sessions the table shows.
struct SessionFilter
{
    /// Deadlines that are nearer are near.
    static constexpr auto Soon = std::chrono::minutes(5);

    enum State { Any, Living, Ended, EndsSoon, RotationDue, Quarantined };

    std::optional<QString> user;
    QByteArray keyPrefix;
    State state = Any;
    QString text;                                              ///< part of an attribute's name or value
    std::optional<std::pair<TimePoint, TimePoint>> deadlines; ///< from, until: the deadline lies between

    [[nodiscard]] bool isEmpty() const { return *this == SessionFilter(); }
    /// Whether only a look at every session can tell which belong here.
    [[nodiscard]] bool needsSearch() const { return !text.isEmpty() || state == EndsSoon || state == RotationDue || deadlines; }
    /// Whether sessions come to belong here, or no longer, by the mere passing of time.
    [[nodiscard]] bool moves() const { return state == EndsSoon && text.isEmpty(); }
    /// Whether \a record belongs to it at the time \a now.
    [[nodiscard]] bool matches(const SessionRecord &record, TimePoint now) const;
    /// Whether an event of \a key and \a user may concern this filter.
    [[nodiscard]] bool concerns(const SessionKey &key, const QString &of) const;

    friend bool operator==(const SessionFilter &a, const SessionFilter &b) = default;
};

} // namespace Sojourn::Inspector
