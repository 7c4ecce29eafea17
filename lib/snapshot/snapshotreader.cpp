// SPDX-License-Identifier: MIT
#include "snapshotreader.h"

#include "gzipdevice_p.h"
#include "recordtext_p.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

constexpr qsizetype ChunkSize = 64 * 1024;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

SnapshotReader::SnapshotReader(QIODevice *device) : m_device(device) { }

SnapshotReader::~SnapshotReader() = default;

Result<std::unique_ptr<SnapshotReader>> SnapshotReader::open(const QString &fileName)
{
    // Before it is opened, which waits at a pipe until somebody writes.
    if (const QFileInfo info(fileName); info.exists() && !info.isFile())
        return failure(Error::Unsupported,
                       Error::tr("%1 is no regular file. Save the snapshot to a file first: it is read twice.").arg(fileName));
    auto file = std::make_unique<QFile>(fileName);
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return failure(Error::Unavailable, Error::tr("Cannot read the snapshot %1: %2.").arg(fileName, file->errorString()));
    std::unique_ptr<QIODevice> unpacked;
    if (file->peek(2) == "\x1f\x8b") {
        auto opened = openGzip(file.get(), QIODevice::ReadOnly);
        if (!opened)
            return std::unexpected(opened.error());
        unpacked = std::move(*opened);
    }
    auto reader = std::make_unique<SnapshotReader>(unpacked ? unpacked.get() : file.get());
    reader->m_unpacked = std::move(unpacked);
    reader->m_file = std::move(file);
    return reader;
}

double SnapshotReader::fraction() const
{
    const QIODevice *device = m_file ? m_file.get() : m_device;
    return device->size() > 0 ? static_cast<double>(device->pos()) / static_cast<double>(device->size()) : 1;
}

Result<std::optional<SessionRecord>> SnapshotReader::next()
{
    if (m_state == State::Start) {
        if (peekNonSpace() != '{')
            return fault(Error::tr("it does not begin with {"));
        ++m_at;
        m_state = State::Members;
    }

    while (m_state == State::Members) {
        const Result<bool> another = readMember();
        if (!another)
            return std::unexpected(another.error());
        if (*another)
            continue;
        if (const auto header = checkHeader(); !header)
            return std::unexpected(header.error());
        // An object without sessions is the header of JSON lines.
        m_state = m_seen & Sessions ? State::End : State::Lines;
    }

    if (m_state == State::Array) {
        const char c = peekNonSpace();
        if (c == ',' && m_record > 0) {
            ++m_at;
            peekNonSpace();
        } else if (c == ']') {
            ++m_at;
            m_state = State::Members;
            return next();
        } else if (m_record > 0) {
            return fault(Error::tr("a comma or ] must stand before it"));
        }
        return readRecord();
    }

    const char c = peekNonSpace();
    if (m_at < m_buffer.size()) {
        if (m_state == State::End)
            return fault(Error::tr("%1 follows the end").arg(QChar::fromLatin1(c)));
        return readRecord();
    }
    if (m_readFailed)
        return fault({});
    if (m_state == State::Lines && m_counted)
        return fault(Error::tr("the line with the number of sessions is missing, so that the file was cut off"));
    return std::nullopt;
}

// The next chunk once the one before is used up.
bool SnapshotReader::fill()
{
    if (m_at < m_buffer.size())
        return true;
    m_at = 0;
    m_buffer = readChunk();
    if (!std::exchange(m_begun, true)) {
        while (m_buffer.size() < 4) { // enough for every mark
            const QByteArray more = readChunk();
            if (more.isEmpty())
                break;
            m_buffer += more;
        }
        if (m_buffer.startsWith("\xff\xfe") || m_buffer.startsWith(QByteArrayView("{\0", 2)))
            m_decoder.emplace(QStringDecoder::Utf16LE, QStringDecoder::Flag::ConvertInitialBom);
        else if (m_buffer.startsWith("\xfe\xff") || m_buffer.startsWith(QByteArrayView("\0{", 2)))
            m_decoder.emplace(QStringDecoder::Utf16BE, QStringDecoder::Flag::ConvertInitialBom);
        const QByteArrayView marks[] = {"\xff\xfe", "\xfe\xff", "\xef\xbb\xbf"};
        const auto *const mark = std::ranges::find_if(marks, [this](QByteArrayView m) { return m_buffer.startsWith(m); });
        if (mark != std::end(marks))
            m_buffer.remove(0, mark->size());
    }
    while (m_decoder && !m_buffer.isEmpty()) {
        const QString text = m_decoder->decode(m_buffer); // a border of chunks may part a letter: both keep what they have of it
        m_buffer = m_encoder.encode(text);
        if (!m_buffer.isEmpty() || m_readFailed)
            break;
        m_buffer = readChunk();
    }
    return !m_buffer.isEmpty();
}

QByteArray SnapshotReader::readChunk()
{
    QByteArray chunk(ChunkSize, Qt::Uninitialized);
    const qint64 size = m_device->read(chunk.data(), ChunkSize);
    m_readFailed = size < 0;
    chunk.truncate(std::max<qint64>(0, size));
    return chunk;
}

// 0 at the end, which is no character of JSON.
char SnapshotReader::peek()
{
    return fill() ? m_buffer.at(m_at) : '\0';
}

char SnapshotReader::peekNonSpace()
{
    for (char c = peek(); isSpace(c); c = peek()) {
        m_line += c == '\n';
        ++m_at;
    }
    return peek();
}

// Finds the end of the value that begins here by its brackets and quotes, and keeps its text.
Result<void> SnapshotReader::readText()
{
    m_text.clear();
    m_textLine = m_line;
    int depth = 0;
    bool quoted = false, escaped = false;
    while (fill()) {
        const qsizetype begin = m_at;
        bool ended = false;
        for (; m_at < m_buffer.size() && !ended; ++m_at) {
            const char c = m_buffer.at(m_at);
            m_line += c == '\n';
            if (quoted) {
                if (escaped)
                    escaped = false;
                else if (c == '\\')
                    escaped = true;
                else if (c == '"')
                    quoted = false;
                ended = !quoted && depth == 0;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if (c == '}' || c == ']') {
                if (depth == 0)
                    break;
                ended = --depth == 0;
            } else if (depth == 0 && (c == ',' || c == ':' || isSpace(c))) {
                m_line -= c == '\n';
                break;
            }
        }
        m_text.append(QByteArrayView(m_buffer).sliced(begin, m_at - begin));
        if (m_text.size() > MaxRecordSize)
            return fault(Error::tr("it is longer than %1 bytes").arg(MaxRecordSize));
        if (ended || m_at < m_buffer.size())
            return {};
    }
    if (depth > 0 || quoted || m_text.isEmpty())
        return fault(Error::tr("the file ends within it"));
    return {};
}

// false at the end of the object.
Result<bool> SnapshotReader::readMember()
{
    char c = peekNonSpace();
    if (c == '}') {
        ++m_at;
        return false;
    }
    if (m_seen) {
        if (c != ',')
            return fault(Error::tr("a comma or } must follow"));
        ++m_at;
        c = peekNonSpace();
    }
    if (c != '"')
        return fault(Error::tr("a name in quotes must follow"));
    if (const auto read = readText(); !read)
        return std::unexpected(read.error());
    static constexpr struct
    {
        QByteArrayView name;
        Member member;
    } members[] = {{"\"format\"", Format}, {"\"version\"", Version},   {"\"exportedAt\"", ExportedAt},
                   {"\"store\"", Store},   {"\"sessions\"", Sessions}, {"\"counted\"", Counted}};
    const auto known = std::ranges::find(members, QByteArrayView(m_text), [](const auto &m) { return m.name; });
    if (known == std::end(members))
        return fault(
            Error::tr("%1 does not belong there").arg(QString::fromUtf8(m_text.first(std::min<qsizetype>(m_text.size(), 40)))));
    if (m_seen & known->member)
        return fault(Error::tr("%1 stands there twice").arg(QLatin1StringView(known->name)));
    m_seen |= known->member;
    if (peekNonSpace() != ':')
        return fault(Error::tr("a colon is missing after %1").arg(QLatin1StringView(known->name)));
    ++m_at;
    c = peekNonSpace();
    if (known->member == Sessions) {
        if (c != '[')
            return fault(Error::tr("\"sessions\" must be an array"));
        ++m_at;
        m_state = State::Array;
        return true;
    }
    if (const auto read = readText(); !read)
        return std::unexpected(read.error());
    if (const auto read = readHeaderField(known->member); !read)
        return std::unexpected(read.error());
    return true;
}

Result<void> SnapshotReader::readHeaderField(Member member)
{
    const QJsonValue value = decodeJson(m_text).value_or(QJsonValue());
    switch (member) {
    case Format:
        if (value != "sojourn-snapshot"_L1)
            return fault(Error::tr("\"format\" must be \"sojourn-snapshot\""));
        break;
    case Version:
        if (value != QJsonValue(SnapshotHeader::FormatVersion))
            return fault(
                Error::tr("\"version\" must be %1, the only one that this program reads").arg(SnapshotHeader::FormatVersion));
        break;
    case ExportedAt: {
        const QDateTime time = fromZonedIsoString(value.toString());
        if (!time.isValid())
            return fault(Error::tr("\"exportedAt\" must be a time like 2026-11-22T07:12:00.000Z"));
        m_header.exportedAt = toTimePoint(time);
        break;
    }
    case Store:
        if (!value.isString())
            return fault(Error::tr("\"store\" must be text"));
        m_header.store = value.toString();
        break;
    case Counted:
        if (!value.isBool())
            return fault(Error::tr("\"counted\" must be true or false"));
        m_counted = value.toBool();
        break;
    case Sessions:
        break;
    }
    return {};
}

Result<void> SnapshotReader::checkHeader()
{
    static constexpr quint8 required = Format | Version | ExportedAt | Store;
    if ((m_seen & required) != required)
        return fault(Error::tr("\"format\", \"version\", \"exportedAt\" and \"store\" must all be there"));
    return {};
}

// The record here if it stands in a line and in the buffer as a SnapshotWriter writes it; most do.
std::optional<SessionRecord> SnapshotReader::readPlainRecord()
{
    const QByteArrayView rest = QByteArrayView(m_buffer).sliced(m_at);
    QByteArrayView line = rest.first(std::max<qsizetype>(rest.indexOf('\n'), 0));
    if (line.endsWith(','))
        line.chop(1);
    auto record = Detail::readPlainRecord(line);
    if (record) {
        m_textLine = m_line;
        m_at += line.size();
        ++m_record;
    }
    return record;
}

Result<std::optional<SessionRecord>> SnapshotReader::readRecord()
{
    if (auto record = readPlainRecord())
        return record;
    if (const auto read = readText(); !read)
        return std::unexpected(read.error());
    if (m_state == State::Lines && m_text.startsWith("{\"sessions\"")) {
        if (const auto read = readCount(); !read)
            return std::unexpected(read.error());
        return next();
    }
    auto record = Detail::readRecord(m_text);
    if (!record && record.error() == Error::Corrupt)
        return fault(record.error().sentence().withoutStop()); // its full stop
    if (!record) {
        const ErrorText format = m_state == State::Array ? Error::tr("The snapshot has a fault at %1.%2.")
                                                         : Error::tr("The snapshot has a fault at %1: %2.");
        return failure(Error::Corrupt, format.arg(place(), record.error().sentence()));
    }
    ++m_record;
    return std::optional(*std::move(record));
}

// The last line of JSON lines.
Result<void> SnapshotReader::readCount()
{
    const QJsonObject json = decodeJson(m_text).value_or(QJsonValue()).toObject();
    const QJsonValue count = json.value("sessions"_L1);
    if (json.size() != 1 || count != QJsonValue(m_record))
        return fault(Error::tr("it says that there are %1 sessions, but %2 were read, so that a part is missing or was added")
                         .arg(count.toInteger())
                         .arg(m_record));
    m_state = State::End;
    return {};
}

ErrorText SnapshotReader::place() const
{
    switch (m_state) {
    case State::Array:
        return u"sessions[%1]"_s.arg(m_record);
    case State::Lines:
        return Error::tr("line %1").arg(m_textLine);
    default:
        return Error::tr("line %1").arg(m_line);
    }
}

std::unexpected<Error> SnapshotReader::fault(const ErrorText &what) const
{
    if (m_readFailed)
        return failure(
            Error::Unavailable,
            Error::tr("The snapshot cannot be read to its end: %1.").arg(ErrorText::fromFormat(m_device->errorString())));
    if (m_state == State::Start)
        return failure(Error::Corrupt, Error::tr("This is no snapshot of sessions: %1.").arg(what));
    return failure(Error::Corrupt, Error::tr("The snapshot has a fault at %1: %2.").arg(place(), what));
}

} // namespace Sojourn
