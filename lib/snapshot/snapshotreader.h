// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/sojournsnapshot_export.h>

#include "snapshot.h"

#include <QtCore/QStringConverter>

namespace Sojourn {

/// Reads a snapshot of either format record by record, in memory that does not grow with their number. It may be in UTF-8 or
/// UTF-16, with or without a byte order mark.
///
/// Faults are Error::Corrupt and say where they are: "line 18" in JSON lines, "sessions[17].expiresAt" in JSON.
class SOJOURN_SNAPSHOT_EXPORT SnapshotReader
{
public:
    /// The longest text of one record in bytes.
    static constexpr qsizetype MaxRecordSize = 64 * 1024 * 1024;

    /// Reads from \a device, which must be open and outlive the reader.
    explicit SnapshotReader(QIODevice *device);
    ~SnapshotReader();

    /// A reader of the file \a fileName, unpacked if it is gzip.
    [[nodiscard]] static Result<std::unique_ptr<SnapshotReader>> open(const QString &fileName);

    /// The next record, nothing at the end. Flash values and CSRF secret are empty. Do not go on after an error.
    [[nodiscard]] Result<std::optional<SessionRecord>> next();

    /// Known with the first record if the header stands before them (as in all snapshots written here), else at the end.
    [[nodiscard]] const SnapshotHeader &header() const { return m_header; }

    /// The part of the file that has been read, 0 to 1.
    [[nodiscard]] double fraction() const;

private:
    enum class State : quint8 { Start, Members, Array, Lines, End };
    enum Member : quint8 { Format = 1, Version = 2, ExportedAt = 4, Store = 8, Sessions = 16, Counted = 32 };

    bool fill();
    char peek();
    char peekNonSpace();
    Result<void> readText();
    Result<bool> readMember();
    Result<void> readHeaderField(Member member);
    Result<void> checkHeader();
    std::optional<SessionRecord> readPlainRecord();
    Result<std::optional<SessionRecord>> readRecord();
    Result<void> readCount();
    QByteArray readChunk();
    ErrorText place() const;
    std::unexpected<Error> fault(const ErrorText &what) const;

    std::unique_ptr<QIODevice> m_file;
    std::unique_ptr<QIODevice> m_unpacked;
    QIODevice *m_device;
    std::optional<QStringDecoder> m_decoder; // of text that is not UTF-8
    QStringEncoder m_encoder{QStringEncoder::Utf8};
    QByteArray m_buffer;
    qsizetype m_at = 0;
    QByteArray m_text; // of the value that was read last
    SnapshotHeader m_header;
    qint64 m_line = 1;
    qint64 m_textLine = 1; // where m_text begins
    qint64 m_record = 0;
    quint8 m_seen = 0; // Members
    State m_state = State::Start;
    bool m_counted = false; // the header promises a last line with the number of sessions
    bool m_begun = false;
    bool m_readFailed = false;
};

} // namespace Sojourn
