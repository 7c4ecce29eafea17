// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SearchExpression>
#include <Sojourn/SessionStore>

namespace Sojourn::Inspector {

/// Which sessions the table shows: what was written into the search line, and what was chosen elsewhere.
struct SessionFilter : SearchExpression
{
    /// An order of the store in which all sessions that may belong here come first.
    struct Bound
    {
        SessionQuery::Order order;
        bool descending;
        std::function<bool(const SessionInfo &info, TimePoint now)> isBehind; ///< whether this one and all after it do not
    };

    std::optional<std::pair<TimePoint, TimePoint>> deadlines; ///< from, until: the deadline lies between

    SessionFilter() = default;
    explicit SessionFilter(const SearchExpression &expression) : SearchExpression(expression) { }

    [[nodiscard]] bool isEmpty() const { return *this == SessionFilter(); }
    /// Whether only a look at every session can tell which belong here.
    [[nodiscard]] bool needsSearch() const;
    /// Whether sessions come to belong here, or no longer, by the mere passing of time.
    [[nodiscard]] bool moves() const;
    /// Nothing if any session may belong here, wherever it is in any order.
    [[nodiscard]] std::optional<Bound> bound() const;
    /// Whether \a record belongs to it at the time \a now.
    [[nodiscard]] bool matches(const SessionRecord &record, TimePoint now) const;
    /// Whether an event of \a key and \a user may concern this filter.
    [[nodiscard]] bool concerns(const SessionKey &key, const QString &of) const;
    /// Whether sessions that live belong here: the only ones that anything can be done to.
    [[nodiscard]] bool showsLiving() const { return state != Ended && state != Quarantined; }
    /// Whether sessions that have ended belong here too, as far as the history knows them.
    [[nodiscard]] bool showsEnded() const;
    /// Whether a session that ended by \a ending, and began at \a createdAt if that is known, belongs here.
    [[nodiscard]] bool showsEnded(const SessionKey &key, const SessionEvent &ending, TimePoint createdAt) const;

    friend bool operator==(const SessionFilter &a, const SessionFilter &b) = default;
};

} // namespace Sojourn::Inspector
