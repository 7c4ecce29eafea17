// SPDX-License-Identifier: MIT
#include "snapshotwriter.h"

#include "gzipdevice_p.h"
#include "recordtext_p.h"

#include <QtCore/QIODevice>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

constexpr qsizetype FlushSize = 64 * 1024;

} // namespace

SnapshotWriter::SnapshotWriter(QIODevice *device, SnapshotFormat format, const SnapshotHeader &header)
    : m_device(device), m_format(format)
{
    m_buffer.reserve(2 * FlushSize);
    m_buffer.append("{\"format\":\"sojourn-snapshot\",\"version\":").append(QByteArray::number(SnapshotHeader::FormatVersion));
    m_buffer.append(",\"exportedAt\":");
    Detail::appendTime(m_buffer, header.exportedAt);
    m_buffer.append(",\"store\":");
    Detail::appendString(m_buffer, header.store.toUtf8());
    m_buffer.append(format == SnapshotFormat::Json ? ",\"sessions\":[" : ",\"counted\":true}\n");
}

Result<bool> SnapshotWriter::write(const SessionRecord &record)
{
    const qsizetype begin = m_buffer.size();
    if (m_format == SnapshotFormat::Json)
        m_buffer.append(m_count > 0 ? ",\n" : "\n");
    if (!Detail::appendRecord(m_buffer, record)) {
        m_buffer.truncate(begin);
        return false;
    }
    ++m_count;
    if (m_format == SnapshotFormat::JsonLines)
        m_buffer.append('\n');
    if (m_buffer.size() >= FlushSize) {
        if (const auto flushed = flush(); !flushed)
            return std::unexpected(flushed.error());
    }
    return true;
}

Result<void> SnapshotWriter::finish()
{
    // Without the number a file that was cut between two lines would look whole.
    if (m_format == SnapshotFormat::Json)
        m_buffer.append("\n]}\n");
    else
        m_buffer.append("{\"sessions\":").append(QByteArray::number(m_count)).append("}\n");
    return flush();
}

Result<void> SnapshotWriter::flush()
{
    if (!writeWhole(*m_device, m_buffer))
        return failure(Error::Unavailable, Error::tr("The snapshot cannot be written: %1.").arg(m_device->errorString()));
    m_buffer.resize(0);
    return {};
}

} // namespace Sojourn
