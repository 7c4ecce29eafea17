// SPDX-License-Identifier: MIT
#include "snapshotwriter.h"

#include <QtCore/QIODevice>
#include <QtCore/QVarLengthArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

constexpr qsizetype FlushSize = 64 * 1024;

// ISO 8601 by arithmetic: a record has four times, and QDateTime takes as long for them as all the rest of a record.
void appendTime(QByteArray &out, TimePoint time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    const int year = static_cast<int>(date.year());
    if (year < 0 || year > 9999) {
        out.append('"').append(toIsoString(time).toLatin1()).append('"');
        return;
    }
    char text[] = "\"0000-00-00T00:00:00.000Z\"";
    const auto put = [&text](int end, int digits, auto value) {
        auto rest = static_cast<qint64>(value);
        for (; digits > 0; --digits, rest /= 10)
            text[--end] = static_cast<char>('0' + rest % 10);
    };
    put(5, 4, year);
    put(8, 2, static_cast<unsigned>(date.month()));
    put(11, 2, static_cast<unsigned>(date.day()));
    put(14, 2, clock.hours().count());
    put(17, 2, clock.minutes().count());
    put(20, 2, clock.seconds().count());
    put(24, 3, clock.subseconds().count());
    out.append(text, sizeof text - 1);
}

void appendString(QByteArray &out, QByteArrayView utf8)
{
    const bool plain = std::ranges::all_of(utf8, [](char c) { return static_cast<quint8>(c) >= ' ' && c != '"' && c != '\\'; });
    if (plain)
        out.append('"').append(utf8).append('"');
    else
        out.append(encodeJson(QString::fromUtf8(utf8)));
}

// Sorted by name, so that equal records have equal text, in whatever order their attributes came.
void appendData(QByteArray &out, const SessionData &data)
{
    QVarLengthArray<std::pair<QByteArrayView, QByteArrayView>, 16> attributes;
    data.forEach([&attributes](QByteArrayView name, QByteArrayView json) { attributes.emplace_back(name, json); });
    std::ranges::sort(attributes, [](const auto &a, const auto &b) {
        return std::ranges::lexicographical_compare(a.first, b.first);
    });
    char separator = '{';
    for (const auto &[name, json] : attributes) {
        out.append(separator);
        appendString(out, name);
        out.append(':').append(json);
        separator = ',';
    }
    out.append(attributes.isEmpty() ? "{}" : "}");
}

// The text of record.toJson(), four times as fast and in the order that reads well.
void appendRecord(QByteArray &out, const SessionRecord &record)
{
    out.append("{\"key\":\"").append(record.key.toLatin1()).append("\",\"user\":");
    if (record.user.isNull())
        out.append("null");
    else
        appendString(out, record.user.toUtf8());
    out.append(",\"createdAt\":");
    appendTime(out, record.createdAt);
    out.append(",\"lastSeenAt\":");
    appendTime(out, record.lastSeenAt);
    out.append(",\"expiresAt\":");
    appendTime(out, record.expiresAt);
    out.append(",\"absoluteExpiresAt\":");
    if (record.absoluteExpiresAt)
        appendTime(out, *record.absoluteExpiresAt);
    else
        out.append("null");
    out.append(",\"version\":").append(QByteArray::number(record.version)).append(",\"data\":");
    appendData(out, record.data);
    out.append(",\"expiry\":").append(record.expiry ? encodeJson(record.expiry->toJson()) : QByteArrayLiteral("null")).append('}');
}

} // namespace

SnapshotWriter::SnapshotWriter(QIODevice *device, SnapshotFormat format, const SnapshotHeader &header)
    : m_device(device), m_format(format)
{
    m_buffer.reserve(2 * FlushSize);
    m_buffer.append("{\"format\":\"sojourn-snapshot\",\"version\":").append(QByteArray::number(SnapshotHeader::FormatVersion));
    m_buffer.append(",\"exportedAt\":");
    appendTime(m_buffer, header.exportedAt);
    m_buffer.append(",\"store\":");
    appendString(m_buffer, header.store.toUtf8());
    m_buffer.append(format == SnapshotFormat::Json ? ",\"sessions\":[" : "}\n");
}

Result<void> SnapshotWriter::write(const SessionRecord &record)
{
    if (m_format == SnapshotFormat::Json)
        m_buffer.append(m_first ? "\n" : ",\n");
    m_first = false;
    appendRecord(m_buffer, record);
    if (m_format == SnapshotFormat::JsonLines)
        m_buffer.append('\n');
    return m_buffer.size() < FlushSize ? Result<void>() : flush();
}

Result<void> SnapshotWriter::finish()
{
    if (m_format == SnapshotFormat::Json)
        m_buffer.append("\n]}\n");
    return flush();
}

Result<void> SnapshotWriter::flush()
{
    if (m_device->write(m_buffer) != m_buffer.size())
        return failure(Error::Unavailable, u"The snapshot cannot be written: %1."_s.arg(m_device->errorString()));
    m_buffer.resize(0);
    return {};
}

} // namespace Sojourn
