// SPDX-License-Identifier: MIT
#include "gzipdevice_p.h"

using namespace Qt::StringLiterals;

#ifdef SOJOURN_HAVE_ZLIB

#include <algorithm>
#include <array>

#include <zlib.h>

namespace Sojourn {

namespace {

constexpr int GzipWindow = MAX_WBITS + 16; // zlib's way to ask for gzip

class GzipDevice final : public QIODevice
{
public:
    GzipDevice(QIODevice *file, OpenMode mode) : m_file(file)
    {
        const int started = mode & WriteOnly
                              ? deflateInit2(&m_stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GzipWindow, 8, Z_DEFAULT_STRATEGY)
                              : inflateInit2(&m_stream, GzipWindow);
        if (started == Z_OK)
            QIODevice::open(mode | Unbuffered);
    }

    ~GzipDevice() override { GzipDevice::close(); }

    bool isSequential() const override { return true; }

    void close() override
    {
        if (!isOpen())
            return;
        if (openMode() & WriteOnly) {
            pump({}, Z_FINISH);
            deflateEnd(&m_stream);
        } else {
            inflateEnd(&m_stream);
        }
        QIODevice::close();
    }

protected:
    qint64 readData(char *data, qint64 maxSize) override
    {
        m_stream.next_out = reinterpret_cast<Bytef *>(data);
        m_stream.avail_out = static_cast<uInt>(std::min<qint64>(maxSize, m_chunk.size()));
        const uInt wanted = m_stream.avail_out;
        while (m_stream.avail_out == wanted && !m_ended) {
            if (m_stream.avail_in == 0) {
                const qint64 size = m_file->read(reinterpret_cast<char *>(m_chunk.data()), m_chunk.size());
                if (size < 0)
                    return fail(m_file->errorString());
                if (size == 0) {
                    m_ended = m_between;
                    return m_between ? 0 : fail(Error::tr("the gzip file is cut off"));
                }
                m_stream.next_in = m_chunk.data();
                m_stream.avail_in = static_cast<uInt>(size);
            }
            m_between = false;
            const int result = inflate(&m_stream, Z_NO_FLUSH);
            if (result == Z_STREAM_END) {
                m_between = true; // gzip files may be joined
                inflateReset(&m_stream);
            } else if (result != Z_OK && result != Z_BUF_ERROR) {
                return fail(Error::tr("the gzip data is damaged"));
            }
        }
        return wanted - m_stream.avail_out;
    }

    qint64 writeData(const char *data, qint64 size) override { return pump(QByteArrayView(data, size), Z_NO_FLUSH) ? size : -1; }

private:
    bool pump(QByteArrayView data, int flush)
    {
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data.data()));
        m_stream.avail_in = static_cast<uInt>(data.size());
        int result;
        do {
            m_stream.next_out = m_chunk.data();
            m_stream.avail_out = static_cast<uInt>(m_chunk.size());
            result = deflate(&m_stream, flush);
            const qint64 size = static_cast<qint64>(m_chunk.size()) - m_stream.avail_out;
            if (!writeWhole(*m_file, QByteArrayView(m_chunk.data(), size))) {
                setErrorString(m_file->errorString());
                return false;
            }
        } while (m_stream.avail_in > 0 || m_stream.avail_out == 0 || (flush == Z_FINISH && result != Z_STREAM_END));
        return true;
    }

    qint64 fail(const ErrorText &error)
    {
        setErrorString(error.toString());
        return -1;
    }

    QIODevice *m_file;
    z_stream m_stream{};
    std::array<Bytef, 64 * 1024> m_chunk;
    bool m_ended = false;
    bool m_between = true; // at the border of two gzip members, where a file may end
};

} // namespace

Result<std::unique_ptr<QIODevice>> openGzip(QIODevice *file, QIODevice::OpenMode mode)
{
    auto device = std::make_unique<GzipDevice>(file, mode);
    if (!device->isOpen())
        return failure(Error::Unsupported, Error::tr("zlib cannot start, probably for lack of memory. Use a plain file."));
    return device;
}

} // namespace Sojourn

#else

namespace Sojourn {

Result<std::unique_ptr<QIODevice>> openGzip(QIODevice *, QIODevice::OpenMode)
{
    return failure(Error::Unsupported,
                   Error::tr("This build of Sojourn has no zlib and cannot read or write .gz files. Use a plain file."));
}

} // namespace Sojourn

#endif
