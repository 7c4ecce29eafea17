// SPDX-License-Identifier: MIT
#include "visitfacts.h"

#include "sessiondata.h"

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

constexpr qsizetype MostUserAgent = 256;

struct Field
{
    QLatin1StringView name;
    QString VisitFacts::*value;
    qsizetype limit; // in characters
};

constexpr Field Fields[] = {
    {"realm"_L1, &VisitFacts::realm, 64}, // the first, which no change is about
    {"address"_L1, &VisitFacts::address, 64},
    {"userAgent"_L1, &VisitFacts::userAgent, MostUserAgent},
    {"label"_L1, &VisitFacts::label, 100},
};

constexpr std::span Changing(std::begin(Fields) + 1, std::end(Fields));

/// The beginning of \a text, without halves of characters: what headers and forms bring need not be Unicode.
QString cut(const QString &text, qsizetype limit)
{
    QString shorter = text.left(limit);
    if (shorter.size() < text.size() && !shorter.isEmpty() && shorter.back().isHighSurrogate())
        shorter.chop(1);
    return shorter.isValidUtf16() ? shorter : QString::fromUtf8(shorter.toUtf8());
}

/// The JSON object that \a text spells; an empty one if it spells none.
QJsonObject objectIn(QByteArrayView text)
{
    return text.isEmpty() ? QJsonObject() : decodeJson(text).value_or(QJsonValue()).toObject();
}

/// A word of a user agent and what it stands for.
struct Sign
{
    QLatin1StringView word;
    QLatin1StringView name;
};

// The first that is found counts: most browsers and systems call themselves by the names of others too.
constexpr Sign Browsers[] = {
    {"Edg/"_L1, "Edge"_L1},       {"OPR/"_L1, "Opera"_L1},    {"Firefox/"_L1, "Firefox"_L1},
    {"FxiOS/"_L1, "Firefox"_L1},  {"CriOS/"_L1, "Chrome"_L1}, {"Chrome/"_L1, "Chrome"_L1},
    {"Version/"_L1, "Safari"_L1}, {"curl/"_L1, "curl"_L1},    {"Wget/"_L1, "Wget"_L1},
};
constexpr Sign Systems[] = {
    {"Android"_L1, "Android"_L1}, {"iPhone"_L1, "iPhone"_L1}, {"iPad"_L1, "iPad"_L1},   {"CrOS"_L1, "ChromeOS"_L1},
    {"Windows"_L1, "Windows"_L1}, {"Mac OS"_L1, "macOS"_L1},  {"Linux"_L1, "Linux"_L1},
};

/// The browser and its version, as in "Firefox 140".
QString browserOf(const QString &userAgent)
{
    for (const Sign &sign : Browsers) {
        const qsizetype at = userAgent.indexOf(sign.word);
        if (at < 0 || (sign.name == "Safari"_L1 && !userAgent.contains("Safari"_L1)))
            continue;
        const qsizetype begin = at + sign.word.size();
        qsizetype end = begin;
        while (end < userAgent.size() && userAgent[end].isDigit())
            ++end;
        return end > begin ? sign.name + u' ' + userAgent.sliced(begin, end - begin) : QString(sign.name);
    }
    return {};
}

QString systemOf(const QString &userAgent)
{
    const auto *found = std::ranges::find_if(Systems, [&](const Sign &sign) { return userAgent.contains(sign.word); });
    return found == std::end(Systems) ? QString() : QString(found->name);
}

} // namespace

bool VisitFacts::isEmpty() const
{
    return std::ranges::all_of(Fields, [this](const Field &field) { return (this->*field.value).isEmpty(); });
}

QString VisitFacts::device() const
{
    return label.isEmpty() ? browser() : label;
}

QString VisitFacts::browser() const
{
    QStringList names = {browserOf(userAgent), systemOf(userAgent)};
    names.removeAll(QString());
    return names.isEmpty() ? cut(userAgent, MostUserAgent) : names.join(", "_L1);
}

QByteArray VisitFacts::toText() const
{
    return isEmpty() ? QByteArray() : encodeJson(toJson());
}

VisitFacts VisitFacts::fromText(QByteArrayView text)
{
    return text.isEmpty() ? VisitFacts() : fromJson(objectIn(text));
}

QJsonObject VisitFacts::toJson() const
{
    QJsonObject json;
    for (const Field &field : Fields) {
        if (const QString value = cut(this->*field.value, field.limit); !value.isEmpty())
            json.insert(field.name, value);
    }
    return json;
}

VisitFacts VisitFacts::fromJson(const QJsonObject &json)
{
    VisitFacts facts;
    for (const Field &field : Fields)
        facts.*field.value = cut(json[field.name].toString(), field.limit);
    return facts;
}

std::optional<QByteArray> VisitFacts::changeTo(const VisitFacts &after) const
{
    QJsonObject change;
    for (const Field &field : Changing) {
        if (const QString value = cut(after.*field.value, field.limit); value != this->*field.value)
            change.insert(field.name, value);
    }
    return change.isEmpty() ? std::nullopt : std::optional(encodeJson(change));
}

void VisitFacts::apply(QByteArrayView change)
{
    if (change.isEmpty())
        *this = {.realm = realm};
    const QJsonObject json = objectIn(change);
    for (const Field &field : Changing) {
        if (const QJsonValue value = json[field.name]; value.isString())
            this->*field.value = cut(value.toString(), field.limit);
    }
}

Result<void> Detail::checkVisitChange(const QByteArray &text)
{
    const QJsonObject json = objectIn(text);
    const auto isFact = [&json](const Field &field) {
        const QJsonValue value = json[field.name];
        return value.isString() && cut(value.toString(), field.limit) == value.toString();
    };
    if (text.isEmpty() || (!json.isEmpty() && std::ranges::count_if(Fields, isFact) == json.size()))
        return {};
    return failure(Error::Invalid,
                   Error::tr("A change of the facts of a visit is not written as VisitFacts::changeTo() does. Use that."));
}

Result<void> Detail::checkVisit(const QByteArray &text)
{
    if (text.isEmpty() || VisitFacts::fromText(text).toText() == text)
        return {};
    return failure(Error::Invalid, Error::tr("The facts of a visit are not written as VisitFacts::toText() does. Use that."));
}

} // namespace Sojourn
