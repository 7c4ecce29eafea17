// SPDX-License-Identifier: MIT
#include "jsonrules.h"

#include "sessiondata.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QLocale>
#include <QtCore/QVarLengthArray>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

constexpr QByteArrayView ByteOrderMark("\xEF\xBB\xBF"); // U+FEFF in UTF-8

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isPlain(char c)
{
    return static_cast<quint8>(c) >= ' ' && c != '"' && c != '\\';
}

bool isPlainAscii(QChar c)
{
    return c >= u' ' && c < u'\x7f' && c != u'"' && c != u'\\';
}

bool isValidUtf8(QByteArrayView text)
{
    return QUtf8StringView(text.data(), text.size()).isValidUtf8();
}

Error invalid(const ErrorText &text)
{
    return {Error::Invalid, text};
}

/// \a utf8, cut where it is too long for a message.
QString shown(QByteArrayView utf8)
{
    constexpr qsizetype Longest = 40;
    const QString text = Detail::fromUtf8(utf8.first(std::min(utf8.size(), 4 * Longest)));
    return text.size() > Longest ? text.first(Longest) + u"..."_s : text;
}

Error tooDeep(int maxDepth)
{
    return invalid(Error::tr("The JSON is nested deeper than %1 levels. Make it flatter.").arg(maxDepth));
}

Error inexact(QByteArrayView number)
{
    return invalid(Error::tr("The number %1 cannot be kept exactly. Send it as text in quotes.").arg(shown(number)));
}

Error notUnicode()
{
    return invalid(Error::tr("The JSON has text that is not valid Unicode. Send it as UTF-8 and surrogates only in pairs."));
}

// ---- Numbers

/// A decimal number in the one spelling that it has: its digits without zeros at either end, and the power of ten of the last.
struct Decimal
{
    QByteArray digits;
    qint64 exponent = 0;

    friend bool operator==(const Decimal &a, const Decimal &b) = default;
};

/// \a text must be a number as JSON has it; its sign does not count.
Decimal toDecimal(QByteArrayView text)
{
    constexpr qint64 Huge = 1'000'000'000'000; // far beyond any double, and no overflow in what follows
    Decimal decimal;
    qint64 fraction = 0;
    bool afterPoint = false;
    qsizetype at = 0;
    for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
        if (text[at] == '.')
            afterPoint = true;
        if (!isDigit(text[at]))
            continue;
        fraction += afterPoint;
        if (!decimal.digits.isEmpty() || text[at] != '0')
            decimal.digits.append(text[at]);
    }
    if (at < text.size()) {
        ++at;
        const bool isNegative = text[at] == '-';
        at += isNegative || text[at] == '+';
        for (; at < text.size(); ++at)
            decimal.exponent = std::min(Huge, decimal.exponent * 10 + (text[at] - '0'));
        decimal.exponent = isNegative ? -decimal.exponent : decimal.exponent;
    }
    decimal.exponent -= fraction;
    qsizetype size = decimal.digits.size();
    while (size > 0 && decimal.digits[size - 1] == '0')
        --size;
    decimal.exponent += decimal.digits.size() - size;
    decimal.digits.truncate(size);
    return size > 0 ? decimal : Decimal();
}

QByteArray doubleText(double number)
{
    return QByteArray::number(number, 'g', QLocale::FloatingPointShortest);
}

/// \a number as encodeJson() spells it; empty if it cannot be kept exactly.
QByteArray exactNumber(QByteArrayView number)
{
    const Decimal decimal = toDecimal(number);
    if (decimal.digits.isEmpty())
        return QByteArrayLiteral("0");
    const bool isNegative = number.startsWith('-');
    constexpr int Int64Digits = 19;
    if (decimal.exponent >= 0 && decimal.exponent + decimal.digits.size() <= Int64Digits) {
        QByteArray text = (isNegative ? "-" : "") + decimal.digits + QByteArray(decimal.exponent, '0');
        qint64 integer = 0;
        if (std::from_chars(text.begin(), text.end(), integer).ec == std::errc())
            return text;
    }
    bool ok = false;
    const double value = number.toDouble(&ok);
    if (!ok || !std::isfinite(value))
        return {};
    QByteArray text = doubleText(value);
    return toDecimal(text) == decimal ? text : QByteArray();
}

// ---- Text

void appendUtf8(QByteArray &out, char32_t c)
{
    const auto put = [&out](char32_t byte) { out.append(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
        return;
    }
    if (c < 0x800) {
        put(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            put(0xE0 | c >> 12);
        } else {
            put(0xF0 | c >> 18);
            put(0x80 | (c >> 12 & 0x3F));
        }
        put(0x80 | (c >> 6 & 0x3F));
    }
    put(0x80 | (c & 0x3F));
}

/// A character as it stands in a JSON string, with the escapes that QJsonDocument chooses.
void appendCharacter(QByteArray &out, char32_t c)
{
    switch (c) {
    case '"':
        out.append("\\\"");
        return;
    case '\\':
        out.append("\\\\");
        return;
    case '\b':
        out.append("\\b");
        return;
    case '\f':
        out.append("\\f");
        return;
    case '\n':
        out.append("\\n");
        return;
    case '\r':
        out.append("\\r");
        return;
    case '\t':
        out.append("\\t");
        return;
    default:
        break;
    }
    if (c >= ' ') {
        appendUtf8(out, c);
        return;
    }
    constexpr char hex[] = "0123456789abcdef";
    out.append("\\u00").append(hex[c >> 4]).append(hex[c & 15]);
}

/// \a utf8, which must be valid, between quotes.
void appendQuoted(QByteArray &out, QByteArrayView utf8)
{
    out.append('"');
    for (const char *at = utf8.begin(); at != utf8.end();) {
        const char *const special = std::find_if_not(at, utf8.end(), isPlain);
        out.append(QByteArrayView(at, special));
        at = special;
        if (at != utf8.end())
            appendCharacter(out, static_cast<quint8>(*at++));
    }
    out.append('"');
}

// ---- Objects

enum class NameOrder : quint8 { Sorted, AsGiven };

/// Looks for twins among the members of an object after they have been written, and puts them into order if asked to.
class Members
{
public:
    /// The object's first member is to be written at the end of \a out.
    explicit Members(QByteArray &out) : m_out(out), m_begin(out.size()) { }

    /// Before a member: writes the comma.
    void begin()
    {
        if (!m_spans.isEmpty())
            m_out.append(',');
        m_spans.append({m_out.size(), 0, 0});
    }
    void nameEnds()
    {
        m_spans.last().nameEnd = m_out.size();
        m_sorted = m_sorted && (m_spans.size() < 2 || nameOf(m_spans[m_spans.size() - 2]) < nameOf(m_spans.last()));
    }
    void end() { m_spans.last().end = m_out.size(); }

    /// After the last. \return the name that is there twice, if one is.
    std::optional<QByteArray> close(NameOrder order)
    {
        if (m_sorted)
            return std::nullopt;
        std::ranges::sort(m_spans, [this](const Span &a, const Span &b) { return nameOf(a) < nameOf(b); });
        const auto twice = std::ranges::adjacent_find(m_spans, {}, [this](const Span &span) { return nameOf(span); });
        if (twice != m_spans.end())
            return nameOf(*twice).toByteArray();
        if (order == NameOrder::AsGiven)
            return std::nullopt;
        QByteArray sorted;
        sorted.reserve(m_out.size() - m_begin);
        for (const Span &span : m_spans) {
            if (!sorted.isEmpty())
                sorted.append(',');
            sorted.append(QByteArrayView(m_out).sliced(span.begin, span.end - span.begin));
        }
        std::ranges::copy(sorted, m_out.begin() + m_begin);
        return std::nullopt;
    }

private:
    struct Span
    {
        qsizetype begin;
        qsizetype nameEnd;
        qsizetype end;
    };
    QByteArrayView nameOf(const Span &span) const
    {
        return QByteArrayView(m_out).sliced(span.begin + 1, span.nameEnd - span.begin - 2); // without the quotes
    }

    QByteArray &m_out;
    const qsizetype m_begin;
    QVarLengthArray<Span, 8> m_spans;
    bool m_sorted = true;
};

Error nameTwice(QByteArrayView name)
{
    return invalid(
        Error::tr("The name \"%1\" stands twice in one object of the JSON. Give each value its own name.").arg(shown(name)));
}

// ---- Reading text

/// Writes JSON text anew in compact form and looks at all of it. The depth is bounded, so recursion is.
class Compactor
{
public:
    Compactor(QByteArrayView text, int maxDepth, NameOrder order)
        : m_begin(text.begin()), m_at(text.begin()), m_end(text.end()), m_maxDepth(maxDepth), m_order(order)
    { }

    Result<QByteArray> run()
    {
        if (!isValidUtf8(QByteArrayView(m_begin, m_end)))
            return std::unexpected(notUnicode());
        m_out.reserve(m_end - m_begin);
        if (value(0)) {
            skipSpace();
            if (m_at == m_end)
                return std::move(m_out);
            std::ignore = notJson(Error::tr("something follows the value"));
        }
        return std::unexpected(std::move(m_error));
    }

private:
    bool fail(Error error)
    {
        m_error = std::move(error);
        return false;
    }
    bool notJson(const ErrorText &why)
    {
        return fail(invalid(Error::tr("This is not JSON: %1 (at its byte %2).").arg(why).arg(m_at - m_begin)));
    }
    char peek() const { return m_at < m_end ? *m_at : '\0'; }
    bool take(char c)
    {
        const bool found = m_at < m_end && *m_at == c;
        m_at += found;
        return found;
    }
    void skipSpace() { m_at = std::find_if_not(m_at, m_end, isSpace); }

    bool value(int depth)
    {
        skipSpace();
        switch (peek()) {
        case '{':
            return depth < m_maxDepth ? object(depth + 1) : fail(tooDeep(m_maxDepth));
        case '[':
            return depth < m_maxDepth ? array(depth + 1) : fail(tooDeep(m_maxDepth));
        case '"':
            return string();
        case 't':
            return word("true");
        case 'f':
            return word("false");
        case 'n':
            return word("null");
        default:
            return number();
        }
    }

    bool word(QByteArrayView word)
    {
        if (!QByteArrayView(m_at, m_end).startsWith(word))
            return notJson(Error::tr("a value must stand here"));
        m_at += word.size();
        m_out.append(word);
        return true;
    }

    bool digits()
    {
        const char *const begin = m_at;
        m_at = std::find_if_not(m_at, m_end, isDigit);
        return m_at != begin;
    }

    bool number()
    {
        const char *const begin = m_at;
        take('-');
        if (!take('0') && !digits()) {
            m_at = begin;
            return notJson(Error::tr("a value must stand here"));
        }
        bool isWhole = true;
        if (take('.')) {
            isWhole = false;
            if (!digits())
                return notJson(Error::tr("a digit must follow the point"));
        }
        if (take('e') || take('E')) {
            isWhole = false;
            if (!take('-'))
                take('+');
            if (!digits())
                return notJson(Error::tr("a digit must follow the e"));
        }
        const QByteArrayView text(begin, m_at);
        if (isWhole && text.size() <= 18 && text != "-0") {
            m_out.append(text);
            return true;
        }
        const QByteArray exact = exactNumber(text);
        if (exact.isEmpty())
            return fail(inexact(text));
        m_out.append(exact);
        return true;
    }

    std::optional<char32_t> hexUnit()
    {
        quint16 unit = 0;
        if (m_end - m_at < 4)
            return std::nullopt;
        const auto [end, error] = std::from_chars(m_at, m_at + 4, unit, 16);
        if (error != std::errc() || end != m_at + 4)
            return std::nullopt;
        m_at = end;
        return unit;
    }

    bool unicodeEscape()
    {
        const auto unit = hexUnit();
        if (!unit)
            return notJson(Error::tr("four hexadecimal digits must follow \\u"));
        char32_t c = *unit;
        if (QChar::isHighSurrogate(c)) {
            const auto low = take('\\') && take('u') ? hexUnit() : std::nullopt;
            if (!low || !QChar::isLowSurrogate(*low))
                return fail(notUnicode());
            c = QChar::surrogateToUcs4(static_cast<char16_t>(c), static_cast<char16_t>(*low));
        } else if (QChar::isLowSurrogate(c)) {
            return fail(notUnicode());
        }
        appendCharacter(m_out, c);
        return true;
    }

    bool escape()
    {
        static constexpr QByteArrayView letters("\"\\/bfnrt");
        static constexpr QByteArrayView meanings("\"\\/\b\f\n\r\t");
        if (take('u'))
            return unicodeEscape();
        const qsizetype letter = m_at < m_end ? letters.indexOf(*m_at) : -1;
        if (letter < 0)
            return notJson(Error::tr("no such escape exists"));
        ++m_at;
        appendCharacter(m_out, static_cast<quint8>(meanings[letter]));
        return true;
    }

    bool string()
    {
        m_out.append('"');
        ++m_at;
        while (true) {
            const char *const begin = m_at;
            m_at = std::find_if_not(m_at, m_end, isPlain);
            m_out.append(QByteArrayView(begin, m_at));
            if (take('"'))
                break;
            if (m_at == m_end)
                return notJson(Error::tr("it ends within a string"));
            if (!take('\\'))
                return notJson(Error::tr("a control character in a string must be written as an escape"));
            if (!escape())
                return false;
        }
        m_out.append('"');
        return true;
    }

    bool array(int depth)
    {
        ++m_at;
        m_out.append('[');
        skipSpace();
        if (!take(']')) {
            if (!value(depth))
                return false;
            for (skipSpace(); !take(']'); skipSpace()) {
                if (!take(','))
                    return notJson(Error::tr("a comma or ] must stand here"));
                m_out.append(',');
                if (!value(depth))
                    return false;
            }
        }
        m_out.append(']');
        return true;
    }

    bool object(int depth)
    {
        ++m_at;
        m_out.append('{');
        Members members(m_out);
        skipSpace();
        if (!take('}')) {
            if (!member(members, depth))
                return false;
            for (skipSpace(); !take('}'); skipSpace()) {
                if (!take(','))
                    return notJson(Error::tr("a comma or } must stand here"));
                if (!member(members, depth))
                    return false;
            }
        }
        if (const auto twice = members.close(m_order))
            return fail(nameTwice(*twice));
        m_out.append('}');
        return true;
    }

    bool member(Members &members, int depth)
    {
        skipSpace();
        if (peek() != '"')
            return notJson(Error::tr("a name in quotes must stand here"));
        members.begin();
        if (!string())
            return false;
        members.nameEnds();
        skipSpace();
        if (!take(':'))
            return notJson(Error::tr("a colon must follow the name"));
        m_out.append(':');
        if (!value(depth))
            return false;
        members.end();
        return true;
    }

    const char *const m_begin;
    const char *m_at;
    const char *const m_end;
    const int m_maxDepth;
    const NameOrder m_order;
    QByteArray m_out;
    Error m_error;
};

// ---- Writing values

class JsonWriter
{
public:
    explicit JsonWriter(int maxDepth) : m_maxDepth(maxDepth) { }

    Result<QByteArray> run(const QJsonValue &json)
    {
        if (value(json, 0))
            return std::move(m_out);
        return std::unexpected(std::move(m_error));
    }

private:
    bool fail(Error error)
    {
        m_error = std::move(error);
        return false;
    }

    bool value(const QJsonValue &json, int depth)
    {
        switch (json.type()) {
        case QJsonValue::Null:
        case QJsonValue::Undefined:
            m_out.append("null");
            return true;
        case QJsonValue::Bool:
            m_out.append(json.toBool() ? "true" : "false");
            return true;
        case QJsonValue::Double:
            return number(json);
        case QJsonValue::String:
            return string(json.toString());
        case QJsonValue::Array:
            return depth < m_maxDepth ? array(json.toArray(), depth + 1) : fail(tooDeep(m_maxDepth));
        case QJsonValue::Object:
            return depth < m_maxDepth ? object(json.toObject(), depth + 1) : fail(tooDeep(m_maxDepth));
        }
        Q_UNREACHABLE();
    }

    bool number(const QJsonValue &json)
    {
        const double number = json.toDouble();
        if (!std::isfinite(number)) // before toInteger(), for which NaN is the smallest integer
            return fail(
                invalid(Error::tr("A number that is not finite has no form in JSON. Store null or a text in its place.")));
        const qint64 integer = json.toInteger(0);
        if (integer != 0 || json.toInteger(1) == 0)
            m_out.append(Detail::integerText(integer));
        else
            m_out.append(doubleText(number));
        return true;
    }

    bool string(const QString &text)
    {
        if (!QStringView(text).isValidUtf16())
            return fail(notUnicode());
        appendQuoted(m_out, text.toUtf8());
        return true;
    }

    bool array(const QJsonArray &items, int depth)
    {
        m_out.append('[');
        for (qsizetype i = 0; i < items.size(); ++i) {
            if (i > 0)
                m_out.append(',');
            if (!value(items.at(i), depth))
                return false;
        }
        m_out.append(']');
        return true;
    }

    bool object(const QJsonObject &object, int depth)
    {
        m_out.append('{');
        Members members(m_out);
        for (auto it = object.begin(); it != object.end(); ++it) {
            members.begin();
            if (!string(it.key()))
                return false;
            members.nameEnds();
            m_out.append(':');
            if (!value(it.value(), depth))
                return false;
            members.end();
        }
        if (const auto twice = members.close(NameOrder::Sorted))
            return fail(nameTwice(*twice));
        m_out.append('}');
        return true;
    }

    const int m_maxDepth;
    QByteArray m_out;
    Error m_error;
};

} // namespace

Result<QByteArray> readJson(QByteArrayView text, int maxDepth)
{
    return Compactor(text, maxDepth, NameOrder::Sorted).run();
}

Result<QJsonValue> readJsonValue(QByteArrayView text, int maxDepth)
{
    const Result<QByteArray> compact = readJson(text, maxDepth);
    if (!compact)
        return std::unexpected(compact.error());
    return decodeJson(*compact).value_or(QJsonValue());
}

Result<QByteArray> writeJson(const QJsonValue &value, int maxDepth)
{
    // The small values that most attributes are, in one allocation at most.
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return QByteArrayLiteral("null");
    case QJsonValue::Bool:
        return value.toBool() ? QByteArrayLiteral("true") : QByteArrayLiteral("false");
    case QJsonValue::Double:
        if (const qint64 integer = value.toInteger(0); integer != 0 && !std::isnan(value.toDouble()))
            return Detail::integerText(integer);
        break;
    case QJsonValue::String:
        if (const QString text = value.toString(); std::ranges::all_of(text, isPlainAscii))
            return '"' + text.toLatin1() + '"';
        break;
    case QJsonValue::Array:
    case QJsonValue::Object:
        break;
    }
    return JsonWriter(maxDepth).run(value);
}

Result<void> checkJson(const QJsonValue &value)
{
    if (const Result<QByteArray> text = writeJson(value); !text)
        return std::unexpected(text.error());
    return {};
}

Result<void> checkAttributeName(QAnyStringView name)
{
    const bool isValid = name.visit([](auto view) {
        if constexpr (std::is_same_v<decltype(view), QStringView>)
            return view.isValidUtf16();
        else if constexpr (std::is_same_v<decltype(view), QLatin1StringView>)
            return true;
        else
            return view.isValidUtf8();
    });
    if (!isValid)
        return failure(Error::Invalid,
                       Error::tr("The attribute name is not valid Unicode. Use UTF-8 and surrogates only in pairs."));
    return {};
}

Result<void> checkUser(QStringView user, qsizetype most)
{
    if (!user.isValidUtf16())
        return failure(Error::Invalid, Error::tr("The user name is not valid Unicode. Use surrogates only in pairs."));
    if (user.size() > most || Detail::utf8Size(user) > most)
        return failure(Error::Invalid, Error::tr("The user name is longer than %1 bytes in UTF-8. Use a shorter one.").arg(most));
    return {};
}

QByteArray Detail::integerText(qint64 number)
{
    std::array<char, std::numeric_limits<qint64>::digits10 + 2> text;
    return {text.data(), std::to_chars(text.begin(), text.end(), number).ptr - text.begin()};
}

QString Detail::fromUtf8(QByteArrayView utf8)
{
    qsizetype marks = 0;
    while (utf8.startsWith(ByteOrderMark)) {
        utf8 = utf8.sliced(ByteOrderMark.size());
        ++marks;
    }
    const QString text = QString::fromUtf8(utf8);
    return marks == 0 ? text : QString(marks, QChar(QChar::ByteOrderMark)) + text;
}

Result<QByteArray> Detail::compactJson(QByteArrayView text)
{
    return Compactor(text, MaxJsonDepth, NameOrder::AsGiven).run();
}

qsizetype Detail::utf8Size(QStringView text)
{
    qsizetype size = text.size();
    for (const QChar c : text)
        size += (c.unicode() >= 0x80) + (c.unicode() >= 0x800 && !c.isSurrogate()); // a pair of surrogates takes four bytes
    return size;
}

Result<void> Detail::checkFlash(QByteArrayView flash)
{
    if (flash.isEmpty())
        return {};
    const Result<QByteArray> text = readJson(flash, MaxJsonDepth + 1);
    if (!text)
        return std::unexpected(text.error());
    if (!text->startsWith('['))
        return failure(Error::Invalid, Error::tr("Flash values must be an array of JSON."));
    return {};
}

} // namespace Sojourn
