// SPDX-License-Identifier: MIT
#include "searchexpression.h"

#include "jsonrules.h"
#include "moment.h"
#include "sessionid.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

constexpr struct
{
    QLatin1StringView word;
    SearchExpression::State state;
} States[] = {{"living"_L1, SearchExpression::Living},
              {"ended"_L1, SearchExpression::Ended},
              {"ending"_L1, SearchExpression::EndsSoon},
              {"rotating"_L1, SearchExpression::RotationDue},
              {"unreadable"_L1, SearchExpression::Quarantined}};

constexpr struct
{
    QLatin1StringView word;
    FactCondition::Fact fact;
} Facts[] = {{"size"_L1, FactCondition::Size},
             {"attributes"_L1, FactCondition::Attributes},
             {"seen"_L1, FactCondition::Seen},
             {"created"_L1, FactCondition::Created},
             {"ends"_L1, FactCondition::Ends}};

constexpr struct
{
    QLatin1StringView sign;
    FactCondition::Comparison comparison;
} Comparisons[] = {{">="_L1, FactCondition::GreaterOrEqual},
                   {"<="_L1, FactCondition::LessOrEqual},
                   {">"_L1, FactCondition::Greater},
                   {"<"_L1, FactCondition::Less},
                   {"="_L1, FactCondition::Equal}};

constexpr QLatin1StringView Words[] = {"user"_L1, "key"_L1, "has"_L1, "around"_L1, "is"_L1};

struct Term
{
    qsizetype position;
    QString text;
};

std::unexpected<SearchExpression::Fault> fault(qsizetype position, qsizetype length, const ErrorText &reason)
{
    return std::unexpected(SearchExpression::Fault{position, length, reason.toString(), reason});
}

// The parts of a line between its spaces; those in quotes, and inside the brackets of JSON, divide nothing.
std::expected<QList<Term>, SearchExpression::Fault> terms(const QString &line)
{
    QList<Term> found;
    qsizetype begin = -1, quote = -1;
    int depth = 0;
    for (qsizetype i = 0; i <= line.size(); ++i) {
        const QChar c = i < line.size() ? line[i] : u' ';
        const bool ends = i == line.size();
        if (quote >= 0 && !ends) {
            if (c == u'\\')
                ++i;
            else if (c == u'"')
                quote = -1;
            continue;
        }
        if (quote >= 0)
            return fault(quote, line.size() - quote, Error::tr("This quotation mark is not closed."));
        if (c.isSpace() && (depth <= 0 || ends)) {
            if (begin >= 0)
                found.append({begin, line.sliced(begin, std::min(i, line.size()) - begin)});
            begin = -1;
            depth = 0;
            continue;
        }
        if (begin < 0)
            begin = i;
        if (c == u'"')
            quote = i;
        else if (c == u'{' || c == u'[')
            ++depth;
        else if (c == u'}' || c == u']')
            --depth;
    }
    return found;
}

// The key of the cookie that \a term may be: VALUE or NAME=VALUE.
std::optional<SessionKey> keyOfCookie(const QString &term)
{
    QString value = term.sliced(term.lastIndexOf(u'=') + 1);
    if (value.endsWith(u';'))
        value.chop(1);
    if (value.size() >= 2 && value.startsWith(u'"') && value.endsWith(u'"'))
        value = value.sliced(1, value.size() - 2);
    const auto id = SessionId::fromCookieValue(value.toUtf8());
    return id ? std::optional(id->key()) : std::nullopt;
}

/// A cookie in a line: VALUE or NAME=VALUE, and what quotes and ends it.
struct FoundCookie
{
    qsizetype begin, end;
    SessionKey key;
};

// Ids are found where a value may begin, whatever is wrong with the line otherwise: a secret must go from any. What is
// quoted behind `user:` or `has:` a person looks for, and in front of a sign of comparison stands a name.
QList<FoundCookie> findCookies(const QString &line, bool isHeader)
{
    static const QRegularExpression any(
        uR"((?<![^\s=;,"'])(["']?)(?:[^\s=;,"']{1,100}=)?(["']?)([\w-]{22})(?![\w…=<>!-])\2\1[;,]?)"_s);
    static const QRegularExpression searched(uR"((?<!\S)(?:user|has):"(?:[^"\\]|\\.)*")"_s);
    QList<std::pair<qsizetype, qsizetype>> spared;
    for (auto words = searched.globalMatch(line); !isHeader && words.hasNext();) {
        const auto word = words.next();
        spared.emplace_back(word.capturedStart(), word.capturedEnd());
    }
    QList<FoundCookie> found;
    for (auto matches = any.globalMatch(line); matches.hasNext();) {
        const auto match = matches.next();
        const qsizetype begin = match.capturedStart(), at = match.capturedStart(3);
        const bool isSpared = std::ranges::any_of(spared,
                                                  [at](const auto &word) { return word.first <= at && at < word.second; });
        if (const auto id = SessionId::fromCookieValue(match.captured(3).toUtf8()); id && !isSpared)
            found.append({begin, match.capturedEnd(), id->key()});
    }
    return found;
}

// The keys of all cookies in \a line if it is nothing but cookies, as a Cookie header is: what else is in it is nothing to look
// for. What begins with " is text, or the name of an attribute.
QStringList keysOfHeader(const QString &line)
{
    static const QRegularExpression header(uR"(^\s*'?\s*(?:set-)?cookie:)"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression pairs(uR"(^\s*'?[^\s=;:"']+=[^\s;]*(?:;\s*[^\s=;:"']+(?:=[^\s;]*)?)+;?\s*$)"_s);
    const auto title = header.match(line);
    QStringList keys;
    if (!title.hasMatch() && !pairs.match(line).hasMatch())
        return keys;
    for (const FoundCookie &cookie : findCookies(line.sliced(title.capturedLength()), true)) {
        if (const QString key = u"key:"_s + cookie.key.toString(); !keys.contains(key))
            keys.append(key);
    }
    return keys;
}

// Of a session that has ended only its events are left.
ErrorText notOfTheEnded()
{
    return Error::tr("Of ended sessions only user, key and time are known: search for them by user:, key: and around: only.");
}

// Text as it was typed, or as a JSON string spells it.
std::optional<QString> unquoted(const QString &text)
{
    if (!text.startsWith(u'"'))
        return text;
    const auto value = readJsonValue(text.toUtf8());
    return value && value->isString() ? std::optional(value->toString()) : std::nullopt;
}

std::optional<qint64> sizeOf(const QString &text)
{
    static const QRegularExpression form(u"^(\\d+(?:\\.\\d+)?)\\s*([kKmM]?)i?[bB]?$"_s);
    const auto match = form.match(text);
    const QString unit = match.captured(2).toLower();
    const double bytes = match.captured(1).toDouble() * (unit == "k"_L1 ? 1024 : unit == "m"_L1 ? 1024 * 1024 : 1);
    return match.hasMatch() && bytes < 1e15 ? std::optional(qRound64(bytes)) : std::nullopt;
}

// Reads the terms of a line one after the other.
class TermReader
{
public:
    TermReader(TimePoint now, SearchExpression::Word word) : m_now(now), m_word(word) { }

    std::optional<ErrorText> read(const QString &term)
    {
        const bool strict = m_word == SearchExpression::Word::Attribute;
        if (strict && !term.startsWith(u'"')) {
            if (auto condition = AttributeCondition::parse(term);
                condition && *condition != AttributeCondition::exists(condition->path())) {
                expression.attributes.append(*condition);
                return {};
            }
        }
        if (const auto key = SessionKey::fromString(term))
            return setKey(key->toLatin1());
        if (const auto key = keyOfCookie(term))
            return setKey(key->toLatin1());
        for (const QLatin1StringView word : Words) {
            if (term.startsWith(word) && term.size() > word.size() && term[word.size()] == u':')
                return readWord(word, term.sliced(word.size() + 1));
        }
        if (const auto fact = readFact(term))
            return *fact;
        static const QRegularExpression sign(u"^(\"(?:[^\"\\\\]|\\\\.)*\"|[^\"=<>!]+)(=|!=|<|>)"_s);
        if (sign.match(term).hasMatch() || term.startsWith(u'=')) {
            auto condition = strict && !term.startsWith(u'"') ? AttributeCondition::parse(term)
                                                              : AttributeCondition::parseLeniently(term);
            if (!condition)
                return condition.error().sentence();
            expression.attributes.append(*condition);
            return {};
        }
        if (term.startsWith(u'"')) {
            const auto text = unquoted(term);
            if (!text)
                return Error::tr("Text in quotes must end with its quotation mark.");
            if (!expression.text.isEmpty())
                return Error::tr("Only one text in quotes can be looked for.");
            expression.text = *text;
            return {};
        }
        if (term.endsWith(u'…'))
            return readWord("key"_L1, term);
        if (strict) {
            expression.attributes.append(AttributeCondition::exists(term));
            return {};
        }
        static const QRegularExpression unknown(u"^([a-z]+):"_s);
        if (const auto match = unknown.match(term); match.hasMatch())
            return Error::tr("There is no %1:. Write user:, key:, has:, is: or around:; a user of that name is user:%2.")
                .arg(match.captured(1), term);
        return setUser(term);
    }

    SearchExpression expression;

private:
    std::optional<ErrorText> setUser(const QString &user)
    {
        if (expression.user && *expression.user != user)
            return Error::tr("A session has one user. For a text in an attribute, write it in quotes.");
        expression.user = user;
        return {};
    }

    std::optional<ErrorText> setKey(const QByteArray &key)
    {
        if (!expression.keyPrefix.isEmpty() && expression.keyPrefix != key)
            return Error::tr("A session has one key.");
        expression.keyPrefix = key;
        return {};
    }

    std::optional<ErrorText> readWord(QLatin1StringView word, const QString &given)
    {
        const auto text = unquoted(given);
        if (!text)
            return Error::tr("Text in quotes must end with its quotation mark.");
        if (word == "user"_L1)
            return setUser(*text);
        if (text->isEmpty())
            return Error::tr("Nothing follows %1:.").arg(word);
        if (word == "has"_L1) {
            expression.attributes.append(AttributeCondition::exists(*text));
            return {};
        }
        if (word == "key"_L1) {
            static const QRegularExpression form(u"^[A-Za-z0-9_-]{1,43}\\z"_s);
            const QString prefix = text->endsWith(u'…') ? text->chopped(1) : *text;
            return form.match(prefix).hasMatch()
                     ? setKey(prefix.toLatin1())
                     : std::optional(Error::tr("A key has letters, digits, - and _ only, 43 at most."));
        }
        if (word == "around"_L1) {
            expression.around = parsePastMoment(*text, m_now);
            return expression.around
                     ? std::nullopt
                     : std::optional(Error::tr("This is no time. Write around:15:00, around:2h or a date and time."));
        }
        const auto state = std::ranges::find(States, *text, [](const auto &known) { return QString(known.word); });
        if (state == std::end(States))
            return Error::tr("There is no is:%1. Write %2.")
                .arg(*text, SearchExpression::states().join(u", is:"_s).prepend(u"is:"_s));
        expression.state = state->state;
        return {};
    }

    // Nothing if the term is not about a fact; else what is wrong with it, if anything.
    std::optional<std::optional<ErrorText>> readFact(const QString &term)
    {
        for (const auto &[word, fact] : Facts) {
            if (!term.startsWith(word))
                continue;
            const QString rest = term.sliced(word.size());
            const auto found = std::ranges::find_if(Comparisons,
                                                    [&rest](const auto &known) { return rest.startsWith(known.sign); });
            if (found == std::end(Comparisons))
                continue;
            const QString text = rest.sliced(found->sign.size());
            std::optional<qint64> value;
            if (fact == FactCondition::Size) {
                value = sizeOf(text);
                if (!value)
                    return Error::tr(
                        "This is no size. Write size>10k, size>500 or size>2M; an attribute of that name is \"size\".");
            } else if (fact == FactCondition::Attributes) {
                bool isNumber = false;
                value = text.toLongLong(&isNumber);
                if (!isNumber)
                    return Error::tr("This is no number. Write attributes>50; an attribute of that name is \"attributes\".");
            } else {
                const auto duration = parseDuration(text);
                if (!duration || found->comparison == FactCondition::Equal)
                    return Error::tr("This is no duration. Write %1<5m or %1>2h; an attribute of that name is \"%1\".").arg(word);
                value = duration->count();
            }
            expression.facts.append({fact, found->comparison, *value});
            return std::optional<ErrorText>();
        }
        return {};
    }

    TimePoint m_now;
    SearchExpression::Word m_word;
};

/// JSON text with its strings as people read them: \" is a quotation mark, \u00e9 a letter.
QString withoutEscapes(QStringView json)
{
    QString text;
    text.reserve(json.size());
    for (qsizetype i = 0; i < json.size(); ++i) {
        if (json[i] != u'\\' || i + 1 == json.size()) {
            text += json[i];
            continue;
        }
        switch (const QChar escaped = json[++i]; escaped.unicode()) {
        case u'n':
            text += u'\n';
            break;
        case u't':
            text += u'\t';
            break;
        case u'r':
            text += u'\r';
            break;
        case u'b':
            text += u'\b';
            break;
        case u'f':
            text += u'\f';
            break;
        case u'u':
            text += QChar(json.mid(i + 1, 4).toUShort(nullptr, 16));
            i += 4;
            break;
        default:
            text += escaped;
        }
    }
    return text;
}

} // namespace

bool FactCondition::matches(const SessionInfo &info, TimePoint now) const
{
    const qint64 known = fact == Size       ? qint64(info.size)
                       : fact == Attributes ? qint64(info.attributeCount)
                       : fact == Seen       ? qint64((now - info.lastSeenAt).count())
                       : fact == Created    ? qint64((now - info.createdAt).count())
                                            : qint64((info.expiresAt - now).count());
    switch (comparison) {
    case Less:
        return known < value;
    case LessOrEqual:
        return known <= value;
    case Greater:
        return known > value;
    case GreaterOrEqual:
        return known >= value;
    case Equal:
        break;
    }
    return known == value;
}

std::expected<SearchExpression, SearchExpression::Fault> SearchExpression::parse(const QString &line, TimePoint now, Word word)
{
    if (const QStringList keys = keysOfHeader(line); !keys.isEmpty()) {
        auto read = parse(keys.join(u' '), now, word);
        return read ? read : fault(0, line.size(), read.error().reason);
    }
    const auto parts = terms(line);
    if (!parts)
        return std::unexpected(parts.error());
    TermReader reader(now, word);
    std::optional<Term> ofTheLiving;
    for (const Term &term : *parts) {
        if (const auto wrong = reader.read(term.text))
            return fault(term.position, term.text.size(), *wrong);
        if (!ofTheLiving && (reader.expression.needsData() || !reader.expression.facts.isEmpty()))
            ofTheLiving = term;
    }
    if (reader.expression.state == Ended && ofTheLiving)
        return fault(ofTheLiving->position, ofTheLiving->text.size(), notOfTheEnded());
    return reader.expression;
}

QString SearchExpression::quoted(const QString &text)
{
    static const QRegularExpression plain(u"^[^\\s\"{}\\[\\]]+\\z"_s);
    return plain.match(text).hasMatch() ? text : QString::fromUtf8(encodeJson(text));
}

QString SearchExpression::toString() const
{
    QStringList parts;
    if (user)
        parts << (user->isEmpty() ? u"user:"_s : u"user:"_s + quoted(*user));
    if (!keyPrefix.isEmpty())
        parts << u"key:"_s + QString::fromLatin1(keyPrefix);
    if (const auto known = std::ranges::find_if(States, [this](const auto &s) { return s.state == state; });
        known != std::end(States))
        parts << u"is:"_s + known->word;
    for (const AttributeCondition &condition : attributes)
        parts << condition.toString(std::ranges::any_of(Facts, [&](const auto &fact) { return fact.word == condition.path(); }));
    for (const FactCondition &condition : facts) {
        const auto fact = std::ranges::find_if(Facts, [&](const auto &f) { return f.fact == condition.fact; });
        const auto sign = std::ranges::find_if(Comparisons, [&](const auto &c) { return c.comparison == condition.comparison; });
        const QString value = condition.isAboutTime() ? u"%1ms"_s.arg(condition.value) : QString::number(condition.value);
        parts << QString(fact->word) + sign->sign + value;
    }
    if (around)
        parts << u"around:"_s + toIsoString(*around);
    if (!text.isEmpty())
        parts << QString::fromUtf8(encodeJson(text));
    return parts.join(u' ');
}

QString SearchExpression::withoutCookies(const QString &line)
{
    if (const QStringList keys = keysOfHeader(line); !keys.isEmpty())
        return keys.join(u' ');
    QString clean = line;
    const QList<FoundCookie> found = findCookies(line, false);
    for (auto cookie = found.crbegin(); cookie != found.crend(); ++cookie) {
        const bool isFollowed = cookie->end < line.size() && !line[cookie->end].isSpace();
        const bool wasDivided = line[cookie->end - 1] == u';' || line[cookie->end - 1] == u',';
        const QString key = u"key:"_s + cookie->key.toString() + (isFollowed && wasDivided ? u" "_s : QString());
        clean.replace(cookie->begin, cookie->end - cookie->begin, key);
    }
    return clean;
}

QStringList SearchExpression::words()
{
    QStringList all;
    for (const QLatin1StringView word : Words)
        all << word + u':';
    for (const auto &fact : Facts)
        all << QString(fact.word);
    return all;
}

QStringList SearchExpression::states()
{
    QStringList all;
    for (const auto &known : States)
        all << QString(known.word);
    return all;
}

bool SearchExpression::matches(const SessionRecord &record, TimePoint now) const
{
    if (state == Ended) // what has a record has not
        return false;
    if (user && (user->isEmpty() ? !record.user.isEmpty() : *user != record.user))
        return false;
    if (!keyPrefix.isEmpty() && !record.key.toLatin1().startsWith(keyPrefix))
        return false;
    if (state == RotationDue && !record.rotateRequested)
        return false;
    if (state == EndsSoon && record.expiresAt - now > Soon)
        return false;
    if (around && record.createdAt > *around + Around)
        return false;
    if (!std::ranges::all_of(facts, [&](const FactCondition &fact) { return fact.matches(record, now); })
        || !std::ranges::all_of(attributes, [&](const AttributeCondition &attribute) { return attribute.matches(record.data); }))
        return false;
    if (text.isEmpty())
        return true;
    bool found = false;
    record.data.forEach([&](QByteArrayView name, QByteArrayView json) {
        const auto contains = [this](const QString &part) { return part.contains(text, Qt::CaseInsensitive); };
        found = found || contains(QString::fromUtf8(name)) || contains(QString::fromUtf8(json))
             || (json.contains('\\') && contains(withoutEscapes(QString::fromUtf8(json))));
    });
    return found;
}

} // namespace Sojourn
