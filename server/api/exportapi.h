// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/apicall.h"
#include "api/apiservices.h"

#include <QObject>
#include <QSet>

#include <memory>

namespace tertulia {

class Router;

/// A whole room as one download. Pages are read and written out in the store's reader thread, the next one when the
/// client took the last: neither memory nor the loop feels the size of the room. Server thread.
class ExportApi final : public QObject
{
    Q_OBJECT

public:
    ExportApi(const ApiServices &services, Router &router, QObject *parent);
    ~ExportApi() override;

private:
    struct Download;

    void start(const ApiCall &call);
    void readNext(const std::shared_ptr<Download> &download);
    void sendPiece(const std::shared_ptr<Download> &download, const Result<QByteArray> &piece);

    ApiServices m_services;
    QSet<std::shared_ptr<Download>> m_waiting; ///< for their clients to take what was sent
};

} // namespace tertulia
