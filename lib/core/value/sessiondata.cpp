// SPDX-License-Identifier: MIT
#include "sessiondata.h"

#include "jsonrules.h"

#include <QtCore/QHashFunctions>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QStringList>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <vector>

namespace Sojourn {

namespace {

/// Up to so many bytes a search through all attributes is quick.
constexpr qsizetype SmallBytes = 4096;
/// An index costs as much as some searches.
constexpr int InsertsWithoutIndex = 16;

size_t hashOf(QByteArrayView name)
{
    return qHashBits(name.data(), size_t(name.size()), QHashSeed::globalSeed());
}

/// In place of operator==(), which costs more than most names and values are long.
bool isSame(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && (a.isEmpty() || std::memcmp(a.data(), b.data(), size_t(a.size())) == 0);
}

quint32 readSize(const char *at)
{
    quint32 size;
    std::memcpy(&size, at, sizeof size);
    return size;
}

void writeHead(char *at, qsizetype nameSize, qsizetype jsonSize)
{
    const quint32 sizes[2] = {static_cast<quint32>(nameSize), static_cast<quint32>(jsonSize)};
    std::memcpy(at, sizes, sizeof sizes);
}

/// Whether QJsonDocument would read \a json wrongly: it drops U+FEFF where a string begins with it, and looks for the names of an
/// object in another order than that in which it sorted them if some lie beyond U+E000.
bool confusesParser(QByteArrayView json)
{
    const bool hasHigh = std::ranges::any_of(json, [](char c) { return static_cast<quint8>(c) >= 0xEE; });
    return hasHigh && (json.contains('{') || json.contains("\"\xEF\xBB\xBF"));
}

/// \a json with escapes in place of the characters from U+E000 on: those QJsonDocument keeps as UTF-16.
QByteArray withEscapes(QByteArrayView json)
{
    QByteArray out;
    out.reserve(json.size() * 2);
    const auto append = [&out](char16_t unit) { out.append("\\u").append(QByteArray::number(unit, 16).rightJustified(4, '0')); };
    for (qsizetype at = 0; at < json.size();) {
        const auto lead = static_cast<quint8>(json[at]);
        const qsizetype size = lead >= 0xF0 ? 4 : lead >= 0xEE ? 3 : 1;
        if (size == 1 || json.size() - at < size) {
            out.append(json[at++]);
            continue;
        }
        char32_t c = lead & (size == 4 ? 0x07 : 0x0F);
        for (qsizetype i = 1; i < size; ++i)
            c = c << 6 | (static_cast<quint8>(json[at + i]) & 0x3F);
        if (size == 4) {
            append(QChar::highSurrogate(c));
            append(QChar::lowSurrogate(c));
        } else {
            append(static_cast<char16_t>(c));
        }
        at += size;
    }
    return out;
}

} // namespace

SessionData SessionData::fromJson(const QJsonObject &object)
{
    SessionData data;
    for (auto it = object.begin(); it != object.end(); ++it)
        data.append(it.key().toUtf8(), encodeJson(it.value()));
    return data;
}

QJsonObject SessionData::toJson() const
{
    // In the order of QJsonObject, which otherwise moves its members for each that comes.
    std::vector<std::pair<QString, QByteArrayView>> attributes;
    forEach([&attributes](QByteArrayView name, QByteArrayView json) { attributes.emplace_back(Detail::fromUtf8(name), json); });
    std::ranges::sort(attributes, {}, [](const auto &attribute) -> const QString & { return attribute.first; });
    QJsonObject object;
    for (const auto &[name, json] : attributes)
        object.insert(name, decodeJson(json).value_or(QJsonValue()));
    return object;
}

qsizetype SessionData::count() const
{
    qsizetype count = 0;
    forEach([&count](QByteArrayView, QByteArrayView) { ++count; });
    return count;
}

qsizetype SessionData::size() const
{
    return sizeOf(count());
}

QStringList SessionData::names() const
{
    QStringList names;
    forEach([&names](QByteArrayView name, QByteArrayView) { names.append(Detail::fromUtf8(name)); });
    return names;
}

QByteArrayView SessionData::json(QByteArrayView name) const
{
    const std::optional<Entry> entry = find(name);
    return entry ? entry->json : QByteArrayView();
}

std::optional<QJsonValue> SessionData::value(QAnyStringView name) const
{
    const QByteArrayView text = Detail::withUtf8(name, [this](QByteArrayView utf8) { return json(utf8); });
    return text.isNull() ? std::nullopt : decodeJson(text);
}

bool SessionData::insert(QByteArrayView name, QByteArrayView json)
{
    if (m_bytes.size() > SmallBytes)
        prepareIndex();
    const std::optional<Entry> old = find(name);
    if (!old) {
        append(name, json);
        return true;
    }
    if (isSame(old->json, json))
        return false;
    const qsizetype valueAt = old->begin + HeadSize + name.size();
    const qsizetype growth = json.size() - old->json.size();
    if (growth == 0) {
        std::copy_n(json.data(), json.size(), m_bytes.data() + valueAt);
        return true;
    }
    if (hasIndex()) {
        for (quint32 &begin : m_index->places)
            begin += begin != Index::Free && qsizetype(begin) > old->begin ? quint32(growth) : 0;
    }
    m_bytes.replace(valueAt, old->json.size(), json);
    writeHead(m_bytes.data() + old->begin, name.size(), json.size());
    return true;
}

bool SessionData::insert(QAnyStringView name, const QJsonValue &value)
{
    return Detail::withUtf8(name, [&](QByteArrayView utf8) { return insert(utf8, encodeJson(value)); });
}

void SessionData::append(QByteArrayView name, QByteArrayView json)
{
    const qsizetype at = m_bytes.size();
    m_bytes.resize(at + HeadSize + name.size() + json.size());
    char *head = m_bytes.data() + at;
    writeHead(head, name.size(), json.size());
    std::copy_n(name.data(), name.size(), head + HeadSize);
    std::copy_n(json.data(), json.size(), head + HeadSize + name.size());
    if (hasIndex())
        addToIndex(name, at);
}

bool SessionData::remove(QByteArrayView name)
{
    const std::optional<Entry> entry = find(name);
    if (entry) {
        m_bytes.remove(entry->begin, entry->end - entry->begin);
        m_index.reset();
    }
    return entry.has_value();
}

void SessionData::prepareIndex()
{
    if (!m_index)
        m_index = std::make_unique<Index>();
    if (m_index->places.empty() && ++m_index->inserted > InsertsWithoutIndex)
        rebuildIndex(64);
}

void SessionData::addToIndex(QByteArrayView name, qsizetype begin)
{
    if (m_index->count * 2 >= m_index->places.size()) {
        rebuildIndex(m_index->places.size() * 2); // which finds this one too
        return;
    }
    const size_t mask = m_index->places.size() - 1;
    size_t i = hashOf(name) & mask;
    while (m_index->places[i] != Index::Free)
        i = (i + 1) & mask;
    m_index->places[i] = quint32(begin);
    ++m_index->count;
}

void SessionData::rebuildIndex(size_t size)
{
    m_index->places.assign(size, Index::Free);
    m_index->count = 0;
    for (qsizetype at = 0; at < m_bytes.size();) {
        const Entry entry = entryAt(at);
        if (m_index->count * 2 >= m_index->places.size())
            return rebuildIndex(size * 2);
        addToIndex(entry.name, at);
        at = entry.end;
    }
}

std::optional<SessionData> SessionData::fromEncoded(const QByteArray &bytes)
{
    for (qsizetype at = 0; at < bytes.size();) {
        if (bytes.size() - at < HeadSize)
            return std::nullopt;
        const qsizetype body = qsizetype(readSize(bytes.data() + at)) + readSize(bytes.data() + at + sizeof(quint32));
        if (bytes.size() - at - HeadSize < body)
            return std::nullopt;
        at += HeadSize + body;
    }
    return fromOwnEncoding(bytes);
}

SessionData::Entry SessionData::entryAt(qsizetype at) const
{
    const char *head = m_bytes.constData() + at;
    const qsizetype nameSize = readSize(head);
    const qsizetype jsonSize = readSize(head + sizeof(quint32));
    return {QByteArrayView(head + HeadSize, nameSize), QByteArrayView(head + HeadSize + nameSize, jsonSize), at,
            at + HeadSize + nameSize + jsonSize};
}

std::optional<SessionData::Entry> SessionData::find(QByteArrayView name) const
{
    if (hasIndex()) {
        const std::vector<quint32> &places = m_index->places;
        for (size_t i = hashOf(name) & (places.size() - 1); places[i] != Index::Free; i = (i + 1) & (places.size() - 1)) {
            const Entry entry = entryAt(places[i]);
            if (isSame(entry.name, name))
                return entry;
        }
        return std::nullopt;
    }
    for (qsizetype at = 0; at < m_bytes.size();) {
        const Entry entry = entryAt(at);
        if (isSame(entry.name, name))
            return entry;
        at = entry.end;
    }
    return std::nullopt;
}

bool operator==(const SessionData &a, const SessionData &b)
{
    if (isSame(a.m_bytes, b.m_bytes))
        return true;
    if (a.m_bytes.size() != b.m_bytes.size())
        return false;
    // Mostly in the same order, at least at the beginning.
    qsizetype begin = 0;
    while (begin < a.m_bytes.size()) {
        const SessionData::Entry ofA = a.entryAt(begin);
        const SessionData::Entry ofB = b.entryAt(begin);
        if (ofA.name != ofB.name)
            break;
        if (ofA.json != ofB.json)
            return false;
        begin = ofA.end;
    }
    using Attribute = std::pair<QByteArrayView, QByteArrayView>;
    const auto sorted = [begin](const SessionData &data) {
        std::vector<Attribute> attributes;
        for (qsizetype at = begin; at < data.m_bytes.size();) {
            const SessionData::Entry entry = data.entryAt(at);
            attributes.emplace_back(entry.name, entry.json);
            at = entry.end;
        }
        std::ranges::sort(attributes, {}, &Attribute::first);
        return attributes;
    };
    return sorted(a) == sorted(b);
}

QByteArray Detail::toUtf8(QAnyStringView name)
{
    const QString text = name.toString();
    return text.isValidUtf16() ? text.toUtf8() : '\xFF' + text.toUtf8();
}

QByteArray encodeJson(const QJsonValue &value)
{
    if (Result<QByteArray> text = writeJson(value))
        return *std::move(text);
    const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

std::optional<QJsonValue> decodeJson(QByteArrayView json)
{
    // The small values that most attributes are, without the parser.
    qint64 integer;
    const auto [end, error] = std::from_chars(json.begin(), json.end(), integer);
    if (error == std::errc() && end == json.end()) {
        const bool leadingZero = (json.size() > 1 && json.front() == '0') || (json.size() > 2 && json.startsWith("-0"));
        return leadingZero ? std::nullopt : std::optional(QJsonValue(integer));
    }
    if (json == "true")
        return QJsonValue(true);
    if (json == "false")
        return QJsonValue(false);
    if (json == "null")
        return QJsonValue(QJsonValue::Null);

    // QJsonDocument takes only arrays and objects at the top.
    QByteArray array;
    array.reserve(json.size() + 2);
    array.append('[').append(json).append(']');
    if (confusesParser(json)) {
        if (!QUtf8StringView(json.data(), json.size()).isValidUtf8())
            return std::nullopt;
        array = withEscapes(array);
    }
    QJsonParseError parseError;
    const QJsonArray parsed = QJsonDocument::fromJson(array, &parseError).array();
    if (parseError.error != QJsonParseError::NoError || parsed.size() != 1)
        return std::nullopt;
    return parsed.first();
}

} // namespace Sojourn
