// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "output.h"

using namespace Qt::StringLiterals;

namespace tertulia {

void print(std::FILE *stream, const QString &text)
{
    const QByteArray bytes = text.toLocal8Bit();
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stream);
    std::fflush(stream);
}

void printLine(std::FILE *stream, const QString &line)
{
    print(stream, line + u'\n');
}

void printTrouble(const QString &message)
{
    printLine(stderr, u"tertulia: "_s + message.simplified());
}

} // namespace tertulia
