// SPDX-License-Identifier: MIT
#include "sessionfilter.h"

#include <algorithm>

namespace Sojourn::Inspector {

bool SessionFilter::needsSearch() const
{
    return needsData() || !facts.isEmpty() || around || deadlines || state == EndsSoon || state == RotationDue;
}

bool SessionFilter::moves() const
{
    return (state == EndsSoon || std::ranges::any_of(facts, &FactCondition::isAboutTime)) && !needsData();
}

std::optional<SessionFilter::Bound> SessionFilter::bound() const
{
    if (state == EndsSoon)
        return Bound{SessionQuery::ByExpiry, false,
                     [](const SessionInfo &info, TimePoint now) { return info.expiresAt - now > Soon; }};
    if (deadlines)
        return Bound{SessionQuery::ByExpiry, false,
                     [until = deadlines->second](const SessionInfo &info, TimePoint) { return info.expiresAt >= until; }};
    for (const FactCondition &condition : facts) {
        if (!condition.isAboutTime())
            continue;
        const bool isLess = condition.comparison == FactCondition::Less || condition.comparison == FactCondition::LessOrEqual;
        const bool isEnd = condition.fact == FactCondition::Ends; // the only one that counts towards the future
        const auto order = isEnd                                    ? SessionQuery::ByExpiry
                         : condition.fact == FactCondition::Created ? SessionQuery::ByCreated
                                                                    : SessionQuery::ByLastSeen;
        return Bound{order, isLess != isEnd,
                     [condition](const SessionInfo &info, TimePoint now) { return !condition.matches(info, now); }};
    }
    if (around)
        return Bound{SessionQuery::ByCreated, false,
                     [until = *around + Around](const SessionInfo &info, TimePoint) { return info.createdAt > until; }};
    return {};
}

bool SessionFilter::matches(const SessionRecord &record, TimePoint now) const
{
    return (!deadlines || (record.expiresAt >= deadlines->first && record.expiresAt < deadlines->second))
        && SearchExpression::matches(record, now);
}

bool SessionFilter::concerns(const SessionKey &key, const QString &of) const
{
    return (!user || *user == of) && (keyPrefix.isEmpty() || key.toLatin1().startsWith(keyPrefix));
}

bool SessionFilter::showsEnded() const
{
    return state == Ended || (state == Any && !needsData() && facts.isEmpty() && !deadlines && !isEmpty());
}

bool SessionFilter::showsEnded(const SessionKey &key, const SessionEvent &ending, TimePoint createdAt) const
{
    return concerns(key, ending.user) && (!around || (ending.at >= *around - Around && createdAt <= *around + Around));
}

} // namespace Sojourn::Inspector
