// SPDX-License-Identifier: MIT
#include "timetext.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QString durationText(std::chrono::milliseconds duration)
{
    const auto in = [duration](std::chrono::milliseconds unit) { return duration / unit; };
    if (duration < 1min)
        return u"%1 s"_s.arg(in(1s));
    if (duration < 1h)
        return u"%1 min"_s.arg(in(1min));
    if (duration < std::chrono::days(2))
        return u"%1 h"_s.arg(in(1h));
    return u"%1 days"_s.arg(in(std::chrono::days(1)));
}

QString relativeText(Sojourn::TimePoint time, Sojourn::TimePoint now)
{
    if (std::chrono::abs(time - now) < 1s)
        return u"now"_s;
    return time < now ? durationText(now - time) + u" ago"_s : u"in "_s + durationText(time - now);
}

QString clockText(Sojourn::TimePoint time)
{
    return Sojourn::toDateTime(time).toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString fullText(Sojourn::TimePoint time, Sojourn::TimePoint now)
{
    return u"%1 (%2)"_s.arg(clockText(time), relativeText(time, now));
}

QString zoneText(Sojourn::TimePoint time)
{
    return Sojourn::toDateTime(time).toLocalTime().timeZoneAbbreviation();
}
