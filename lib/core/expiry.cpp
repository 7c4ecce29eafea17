// SPDX-License-Identifier: MIT
#include "expiry.h"

#include <QtCore/QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Sojourn {

Expiry Expiry::onInactivity(std::chrono::milliseconds idle)
{
    return Expiry(Kind::OnInactivity, std::max<qint64>(1, idle.count()));
}

Expiry Expiry::onSessionEnd()
{
    return Expiry(Kind::OnSessionEnd, 0);
}

Expiry Expiry::atDateTime(const QDateTime &deadline)
{
    return Expiry(Kind::AtDateTime, deadline.isValid() ? deadline.toMSecsSinceEpoch() : 0);
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
        const QDateTime deadline = QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
        return deadline.isValid() ? std::optional(atDateTime(deadline)) : std::nullopt;
    }
    if (object.contains("idle"_L1)) {
        constexpr double century = 100.0 * 366 * 24 * 3600;
        const double seconds = value.toDouble(-1);
        if (!(seconds > 0) || seconds > century)
            return std::nullopt;
        return onInactivity(std::chrono::milliseconds(std::llround(seconds * 1000)));
    }
    if (object.contains("sessionEnd"_L1) && value == QJsonValue(true))
        return onSessionEnd();
    return std::nullopt;
}

} // namespace Sojourn
