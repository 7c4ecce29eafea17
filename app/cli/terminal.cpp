// SPDX-License-Identifier: MIT
#include "terminal.h"

#include "exitcode.h"

#include <QtCore/QtGlobal>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#ifdef Q_OS_WIN
#include <conio.h>
#include <io.h>
#include <qt_windows.h>
#else
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#endif

namespace Terminal {

namespace {

bool isTerminal(FILE *file)
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(file));
#else
    return isatty(fileno(file));
#endif
}

// The blocks of https://www.unicode.org/Public/UNIDATA/EastAsianWidth.txt that are wide.
qsizetype widthOf(char32_t c)
{
    static constexpr struct
    {
        char32_t first, last;
    } wide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},  {0xa960, 0xa97f}, {0xac00, 0xd7a3},
                {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},  {0xffe0, 0xffe6}, {0x1f300, 0x1f64f},
                {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};
    const QChar::Category category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing)
        return 0;
    return std::ranges::any_of(wide, [c](const auto &block) { return c >= block.first && c <= block.last; }) ? 2 : 1;
}

// Characters as they are typed, without an echo; EOF at the end.
class Keyboard
{
public:
#ifdef Q_OS_WIN
    int next() const { return _getch(); }
#else
    Keyboard()
    {
        tcgetattr(STDIN_FILENO, &m_before);
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG); // Ctrl-C must not leave the terminal without its echo
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~Keyboard() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before); }
    int next() const
    {
        char c = 0;
        return ::read(STDIN_FILENO, &c, 1) == 1 ? static_cast<unsigned char>(c) : EOF;
    }

private:
    termios m_before{};
#endif
};

[[noreturn]] void failToPrint()
{
    const int error = errno;
    if (error != EPIPE)
        note(QStringLiteral("Cannot write to standard output: %1.").arg(qt_error_string(error)));
    std::_Exit(Failed);
}

} // namespace

bool isOutput()
{
    static const bool is = isTerminal(stdout);
    return is;
}

bool isError()
{
    static const bool is = isTerminal(stderr);
    return is;
}

int width()
{
    if (!isOutput())
        return 0;
#ifdef Q_OS_WIN
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info))
        return info.srWindow.Right - info.srWindow.Left + 1;
#else
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
#endif
    return 80;
}

QString styled(const QString &text, Style style)
{
    static const bool colours = isOutput() && qEnvironmentVariableIsEmpty("NO_COLOR") && qgetenv("TERM") != "dumb";
    static constexpr const char *codes[] = {"1", "2", "32", "31", "33"};
    return colours ? QStringLiteral("\x1b[%1m%2\x1b[0m").arg(QLatin1StringView(codes[style]), text) : text;
}

QString sessions(qint64 count)
{
    return count == 1 ? QStringLiteral("1 session") : QStringLiteral("%1 sessions").arg(count);
}

qsizetype widthOf(QStringView text)
{
    qsizetype width = 0;
    for (const uint c : text.toUcs4())
        width += widthOf(static_cast<char32_t>(c));
    return width;
}

QString cut(const QString &text, qsizetype width)
{
    QString result;
    for (const uint c : text.toUcs4()) {
        width -= widthOf(static_cast<char32_t>(c));
        if (width < 0)
            break;
        result += QString::fromUcs4(reinterpret_cast<const char32_t *>(&c), 1);
    }
    return result;
}

QString harmless(const QString &text)
{
    QString result = text;
    for (QChar &c : result) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = QChar::ReplacementCharacter;
    }
    return result;
}

void print(const QString &text)
{
    print(text.toUtf8());
}

void print(const QByteArray &utf8)
{
    if (std::fwrite(utf8.constData(), 1, static_cast<size_t>(utf8.size()), stdout) != static_cast<size_t>(utf8.size()))
        failToPrint();
}

void flush()
{
    if (std::fflush(stdout) != 0)
        failToPrint();
}

void note(const QString &text)
{
    const QByteArray line = "sojourn: " + harmless(text).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

std::optional<QString> askPassword(const QString &question)
{
    if (!isTerminal(stdin) || !isError())
        return std::nullopt;
    const QByteArray prompt = harmless(question).toUtf8();
    std::fputs(prompt.constData(), stderr);
    static constexpr int interrupt = 3, endOfInput = 4, clearLine = 21, rubOut = 127;
    QByteArray answer;
    int c;
    {
        const Keyboard keyboard;
        for (c = keyboard.next(); c != '\r' && c != '\n' && c != EOF && c != interrupt && c != endOfInput; c = keyboard.next()) {
            if (c == clearLine) {
                answer.clear();
            } else if (c == '\b' || c == rubOut) {
                while (!answer.isEmpty() && (answer.back() & 0xc0) == 0x80)
                    answer.chop(1); // the rest of a character in UTF-8
                answer.chop(1);
            } else {
                answer.append(static_cast<char>(c));
            }
        }
    }
    std::fputc('\n', stderr);
    if (c == interrupt)
        std::_Exit(Interrupted);
    return QString::fromLocal8Bit(answer);
}

} // namespace Terminal
