// SPDX-License-Identifier: MIT
#include "expiry.h"

#include <QtCore/QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sojourn {

// What toJson() can write and fromJson() reads back: every Expiry is one that a store keeps.
static constexpr qint64 LongestIdle = std::chrono::milliseconds(std::chrono::days(100 * 366)).count();
static constexpr qint64 LatestDeadline = 253'402'300'799'999; // 9999-12-31T23:59:59.999Z

Expiry Expiry::onInactivity(std::chrono::milliseconds idle)
{
    return Expiry(Kind::OnInactivity, std::clamp<qint64>(idle.count(), 1, LongestIdle));
}

Expiry Expiry::onSessionEnd()
{
    return Expiry(Kind::OnSessionEnd, 0);
}

Expiry Expiry::atDateTime(const QDateTime &deadline)
{
    return Expiry(Kind::AtDateTime, deadline.isValid() ? std::clamp<qint64>(deadline.toMSecsSinceEpoch(), 0, LatestDeadline) : 0);
}

std::chrono::milliseconds Expiry::idle() const
{
    return std::chrono::milliseconds(m_kind == Kind::OnInactivity ? m_value : 0);
}

TimePoint Expiry::deadline() const
{
    return TimePoint(std::chrono::milliseconds(m_kind == Kind::AtDateTime ? m_value : 0));
}

TimePoint Expiry::deadlineFrom(TimePoint at, std::chrono::milliseconds defaultIdle) const
{
    switch (m_kind) {
    case Kind::AtDateTime:
        return deadline();
    case Kind::OnInactivity:
        return at + idle();
    case Kind::OnSessionEnd:
        break;
    }
    return at + defaultIdle;
}

QJsonValue Expiry::toJson() const
{
    switch (m_kind) {
    case Kind::AtDateTime:
        return QJsonObject{{u"at"_s, toIsoString(deadline())}};
    case Kind::OnInactivity:
        return QJsonObject{{u"idle"_s, static_cast<double>(m_value) / 1000}};
    case Kind::OnSessionEnd:
        break;
    }
    return QJsonObject{{u"sessionEnd"_s, true}};
}

std::optional<Expiry> Expiry::fromJson(const QJsonValue &json)
{
    const QJsonObject object = json.toObject();
    if (object.size() != 1)
        return std::nullopt;
    const QJsonValue value = object.begin().value();
    if (object.contains("at"_L1)) {
        const QDateTime deadline = fromZonedIsoString(value.toString());
        return deadline.isValid() ? std::optional(atDateTime(deadline)) : std::nullopt;
    }
    if (object.contains("idle"_L1)) {
        const double seconds = value.toDouble(-1);
        if (!(seconds > 0) || seconds * 1000 > LongestIdle)
            return std::nullopt;
        return onInactivity(std::chrono::milliseconds(std::llround(seconds * 1000)));
    }
    if (object.contains("sessionEnd"_L1) && value == QJsonValue(true))
        return onSessionEnd();
    return std::nullopt;
}

} // namespace Sojourn
