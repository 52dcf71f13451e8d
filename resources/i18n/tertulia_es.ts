<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
    <context>
        <name>ConnectionModel</name>
        <message>
            <source>Event stream</source>
            <translation>Flujo SSE</translation>
        </message>
        <message>
            <source>Long poll</source>
            <translation>Sondeo largo</translation>
        </message>
    </context>
    <context>
        <name>Format</name>
        <message>
            <source>%1 h %2 min</source>
            <translation>%1 h %2 min</translation>
        </message>
        <message>
            <source>%1 d %2 h</source>
            <translation>%1 d %2 h</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hoy</translation>
        </message>
        <message>
            <source>Yesterday, %1</source>
            <translation>Ayer, %1</translation>
        </message>
    </context>
    <context>
        <name>MessageLayout</name>
        <message>
            <source>(sending…)</source>
            <translation>(enviando…)</translation>
        </message>
        <message>
            <source>(edited)</source>
            <translation>(editado)</translation>
        </message>
        <message>
            <source>▲ Not sent (%1). Click to try again.</source>
            <translation>▲ No enviado (%1). Pulsa para reintentar.</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ActivityModel</name>
        <message>
            <source>Connected</source>
            <translation>Conectado</translation>
        </message>
        <message>
            <source>Closed</source>
            <translation>Cerrado</translation>
        </message>
        <message>
            <source>Joined</source>
            <translation>Entrada</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>Salida</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>Rechazo</translation>
        </message>
        <message>
            <source>Kicked</source>
            <translation>Expulsado</translation>
        </message>
        <message>
            <source>Banned</source>
            <translation>Bloqueado</translation>
        </message>
        <message>
            <source>Too slow</source>
            <translation>Lento</translation>
        </message>
        <message>
            <source>Room</source>
            <translation>Sala</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>Servidor</translation>
        </message>
        <message>
            <source>Somebody</source>
            <translation>Alguien</translation>
        </message>
        <message>
            <source>%1 connected from %2</source>
            <translation>%1 se conectó desde %2</translation>
        </message>
        <message>
            <source>%1 is gone</source>
            <translation>%1 se fue</translation>
        </message>
        <message>
            <source>%1 is gone (%2)</source>
            <translation>%1 se fue (%2)</translation>
        </message>
        <message>
            <source>%1 joined # %2</source>
            <translation>%1 entró en # %2</translation>
        </message>
        <message>
            <source>%1 left # %2</source>
            <translation>%1 salió de # %2</translation>
        </message>
        <message>
            <source>A visitor from %1 was refused (%2)</source>
            <translation>Se rechazó una visita desde %1 (%2)</translation>
        </message>
        <message>
            <source>%1 was kicked</source>
            <translation>%1 fue expulsado</translation>
        </message>
        <message>
            <source>%1 was kicked: %2</source>
            <translation>%1 fue expulsado: %2</translation>
        </message>
        <message>
            <source>%1 was banned (%2)</source>
            <translation>%1 fue bloqueado (%2)</translation>
        </message>
        <message>
            <source>%1 reads too slowly and was cut off (%2)</source>
            <translation>%1 lee demasiado despacio y se le cortó (%2)</translation>
        </message>
        <message>
            <source>Room # %1: %2</source>
            <translation>Sala # %1: %2</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ActivityPane</name>
        <message>
            <source>Is it alive?</source>
            <translation>¿Está vivo?</translation>
        </message>
        <message>
            <source>Server-Sent Events: a tick every second</source>
            <translation>Server-Sent Events: un latido cada segundo</translation>
        </message>
        <message>
            <source>A WebSocket that sends everything back</source>
            <translation>Un WebSocket que lo devuelve todo</translation>
        </message>
        <message>
            <source>Into the chat as a guest; then type a JSON line</source>
            <translation>Al chat como invitado; después, escribe una línea JSON</translation>
        </message>
        <message>
            <source>hello</source>
            <translation>hola</translation>
        </message>
        <message>
            <source>The whole interface, to read and to try: open in a browser</source>
            <translation>Toda la interfaz, para leerla y probarla: ábrela en un navegador</translation>
        </message>
        <message>
            <source>Activity and tests</source>
            <translation>Actividad y pruebas</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Actividad</translation>
        </message>
        <message>
            <source>API and tests</source>
            <translation>API y pruebas</translation>
        </message>
        <message>
            <source>Joins, refusals, kicks and slow readers appear here.</source>
            <translation>Aquí aparecen entradas, rechazos, expulsiones y lectores lentos.</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Vaciar</translation>
        </message>
        <message>
            <source>Empty this list</source>
            <translation>Vaciar esta lista</translation>
        </message>
        <message>
            <source>Lines to try the server from a terminal:</source>
            <translation>Líneas para probar el servidor desde una terminal:</translation>
        </message>
        <message>
            <source>Command lines to try the server</source>
            <translation>Líneas de comandos para probar el servidor</translation>
        </message>
        <message>
            <source>Copy all lines</source>
            <translation>Copiar todas las líneas</translation>
        </message>
    </context>
    <context>
        <name>tertulia::AnnounceDialog</name>
        <message>
            <source>Announce to everyone</source>
            <translation>Avisar a todos</translation>
        </message>
        <message>
            <source>Information</source>
            <translation>Información</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>Advertencia</translation>
        </message>
        <message>
            <source>Alert</source>
            <translation>Alerta</translation>
        </message>
        <message>
            <source>&amp;Title:</source>
            <translation>&amp;Título:</translation>
        </message>
        <message>
            <source>&amp;Message:</source>
            <translation>&amp;Mensaje:</translation>
        </message>
        <message>
            <source>&amp;Level:</source>
            <translation>&amp;Nivel:</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Enviar</translation>
        </message>
    </context>
    <context>
        <name>tertulia::BanDialog</name>
        <message>
            <source>Ban</source>
            <translation>Bloquear</translation>
        </message>
        <message>
            <source>This name</source>
            <translation>Este nombre</translation>
        </message>
        <message>
            <source>This address</source>
            <translation>Esta dirección</translation>
        </message>
        <message>
            <source>10 minutes</source>
            <translation>10 minutos</translation>
        </message>
        <message>
            <source>1 hour</source>
            <translation>1 hora</translation>
        </message>
        <message>
            <source>1 day</source>
            <translation>1 día</translation>
        </message>
        <message>
            <source>For ever</source>
            <translation>Para siempre</translation>
        </message>
        <message>
            <source>Keep &amp;out:</source>
            <translation>&amp;Impedir el paso a:</translation>
        </message>
        <message>
            <source>&amp;Name:</source>
            <translation>&amp;Nombre:</translation>
        </message>
        <message>
            <source>&amp;Address:</source>
            <translation>&amp;Dirección:</translation>
        </message>
        <message>
            <source>For &amp;how long:</source>
            <translation>&amp;Cuánto tiempo:</translation>
        </message>
        <message>
            <source>&amp;Reason:</source>
            <translation>&amp;Motivo:</translation>
        </message>
    </context>
    <context>
        <name>tertulia::BansDialog</name>
        <message>
            <source>Nobody is banned.</source>
            <translation>No hay nadie bloqueado.</translation>
        </message>
        <message>
            <source>Lift ban</source>
            <translation>Levantar el bloqueo</translation>
        </message>
        <message>
            <source>Bans</source>
            <translation>Bloqueos</translation>
        </message>
        <message>
            <source>New ban…</source>
            <translation>Nuevo bloqueo…</translation>
        </message>
        <message>
            <source>for ever</source>
            <translation>para siempre</translation>
        </message>
        <message>
            <source>until %1</source>
            <translation>hasta el %1</translation>
        </message>
    </context>
    <context>
        <name>tertulia::Chart</name>
        <message>
            <source>%1 ago</source>
            <translation>hace %1</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ChatClient</name>
        <message>
            <source>The server does not answer.</source>
            <translation>El servidor no responde.</translation>
        </message>
        <message>
            <source>The connection fell silent.</source>
            <translation>La conexión se quedó en silencio.</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ClientSession</name>
        <message>
            <source>You were put out of # %1.</source>
            <translation>Te han sacado de # %1.</translation>
        </message>
        <message>
            <source>You were put out of # %1: %2</source>
            <translation>Te han sacado de # %1: %2</translation>
        </message>
        <message>
            <source>%1 in # %2</source>
            <translation>%1 en # %2</translation>
        </message>
        <message>
            <source># %1 was deleted.</source>
            <translation>Se eliminó # %1.</translation>
        </message>
        <message>
            <source>the server did not understand it</source>
            <translation>el servidor no lo entendió</translation>
        </message>
        <message>
            <source>you are not in this room</source>
            <translation>no estás en esta sala</translation>
        </message>
        <message>
            <source>there is no such room</source>
            <translation>no existe esa sala</translation>
        </message>
        <message>
            <source>you may not do that</source>
            <translation>no tienes permiso para eso</translation>
        </message>
        <message>
            <source>it is too long</source>
            <translation>es demasiado largo</translation>
        </message>
        <message>
            <source>too many messages at once</source>
            <translation>demasiados mensajes a la vez</translation>
        </message>
        <message>
            <source>this room is in slow mode</source>
            <translation>esta sala está en modo lento</translation>
        </message>
        <message>
            <source>that message is gone</source>
            <translation>ese mensaje ya no está</translation>
        </message>
        <message>
            <source>there is nobody of that name</source>
            <translation>no hay nadie con ese nombre</translation>
        </message>
        <message>
            <source>the server cannot store it now</source>
            <translation>el servidor no puede guardarlo ahora</translation>
        </message>
        <message>
            <source>the server has too many rooms</source>
            <translation>el servidor tiene demasiadas salas</translation>
        </message>
        <message>
            <source>that name is not possible</source>
            <translation>ese nombre no es posible</translation>
        </message>
        <message>
            <source>that name is in use</source>
            <translation>ese nombre está en uso</translation>
        </message>
        <message>
            <source>guests may not enter here</source>
            <translation>aquí no pueden entrar invitados</translation>
        </message>
        <message>
            <source>the code to enter is missing or wrong</source>
            <translation>falta el código de entrada o no es correcto</translation>
        </message>
        <message>
            <source>name or password is wrong</source>
            <translation>el nombre o la contraseña no son correctos</translation>
        </message>
        <message>
            <source>you are banned</source>
            <translation>estás bloqueado</translation>
        </message>
        <message>
            <source>too many attempts: wait a minute</source>
            <translation>demasiados intentos: espera un minuto</translation>
        </message>
        <message>
            <source>the session is no longer valid</source>
            <translation>la sesión ya no es válida</translation>
        </message>
        <message>
            <source>the host put you out</source>
            <translation>el anfitrión te ha expulsado</translation>
        </message>
        <message>
            <source>too many connections from here</source>
            <translation>demasiadas conexiones desde aquí</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ChatWindow</name>
        <message>
            <source>Members (%1)</source>
            <translation>Miembros (%1)</translation>
        </message>
        <message>
            <source>Message to %1 — Enter sends, Shift+Enter begins a line</source>
            <translation>Mensaje a %1 — Intro envía, Mayús+Intro nueva línea</translation>
        </message>
        <message>
            <source>Message to %1</source>
            <translation>Mensaje a %1</translation>
        </message>
        <message numerus="yes">
            <source>%1 is typing…</source>
            <translation>
                <numerusform>%1 está escribiendo…</numerusform>
                <numerusform>%1 están escribiendo…</numerusform>
            </translation>
        </message>
        <message>
            <source>Several people are typing…</source>
            <translation>Varias personas están escribiendo…</translation>
        </message>
        <message>
            <source>at the door</source>
            <translation>en la puerta</translation>
        </message>
        <message>
            <source>online</source>
            <translation>en línea</translation>
        </message>
        <message>
            <source>connecting</source>
            <translation>conectando</translation>
        </message>
        <message>
            <source>waiting for the server</source>
            <translation>esperando al servidor</translation>
        </message>
        <message>
            <source>offline</source>
            <translation>sin conexión</translation>
        </message>
        <message>
            <source>The message is too long: at most %1.</source>
            <translation>El mensaje es demasiado largo: como mucho %1.</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Guardar</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Enviar</translation>
        </message>
        <message>
            <source>Editing your message</source>
            <translation>Editando tu mensaje</translation>
        </message>
        <message>
            <source>Reply</source>
            <translation>Responder</translation>
        </message>
        <message>
            <source>Reply to %1</source>
            <translation>Respuesta a %1</translation>
        </message>
        <message>
            <source>Delete message</source>
            <translation>Eliminar mensaje</translation>
        </message>
        <message>
            <source>Delete this message for everyone?</source>
            <translation>¿Eliminar este mensaje para todos?</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Open this address?</source>
            <translation>¿Abrir esta dirección?</translation>
        </message>
        <message>
            <source>A message leads to:</source>
            <translation>Un mensaje lleva a:</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Abrir</translation>
        </message>
        <message>
            <source>Save file</source>
            <translation>Guardar archivo</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>No se pudo escribir el archivo.</translation>
        </message>
        <message>
            <source>%1 is too large: at most %2.</source>
            <translation>%1 es demasiado grande: como mucho %2.</translation>
        </message>
        <message>
            <source>%1 cannot be read.</source>
            <translation>No se puede leer %1.</translation>
        </message>
        <message>
            <source>Attach files</source>
            <translation>Adjuntar archivos</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Contraseña</translation>
        </message>
        <message>
            <source># %1 asks for a password, or lets in only who is invited.</source>
            <translation># %1 pide una contraseña, o solo deja entrar a quien está invitado.</translation>
        </message>
        <message>
            <source>Direct message</source>
            <translation>Mensaje directo</translation>
        </message>
        <message>
            <source>Message to %1, which nobody else reads:</source>
            <translation>Mensaje a %1, que nadie más lee:</translation>
        </message>
        <message>
            <source>Direct message…</source>
            <translation>Mensaje directo…</translation>
        </message>
        <message>
            <source>Mention</source>
            <translation>Mencionar</translation>
        </message>
        <message>
            <source>Go to…  Ctrl+K</source>
            <translation>Ir a…  Ctrl+K</translation>
        </message>
        <message>
            <source>Go to a room or person</source>
            <translation>Ir a una sala o persona</translation>
        </message>
        <message>
            <source>Rooms</source>
            <translation>Salas</translation>
        </message>
        <message>
            <source>Members</source>
            <translation>Miembros</translation>
        </message>
        <message>
            <source>Attach a file (Ctrl+O)</source>
            <translation>Adjuntar un archivo (Ctrl+O)</translation>
        </message>
        <message>
            <source>Attach a file</source>
            <translation>Adjuntar un archivo</translation>
        </message>
        <message>
            <source>Insert an emoji</source>
            <translation>Insertar un emoji</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>Cancelar (Esc)</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Mensaje</translation>
        </message>
    </context>
    <context>
        <name>tertulia::Composer</name>
        <message>
            <source>Names</source>
            <translation>Nombres</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ConnectDialog</name>
        <message>
            <source>Enter a chat</source>
            <translation>Entrar en un chat</translation>
        </message>
        <message>
            <source>Only for accounts</source>
            <translation>Solo para cuentas</translation>
        </message>
        <message>
            <source>If the host gave you one</source>
            <translation>Si el anfitrión te dio uno</translation>
        </message>
        <message>
            <source>&amp;Address:</source>
            <translation>&amp;Dirección:</translation>
        </message>
        <message>
            <source>&amp;Name:</source>
            <translation>&amp;Nombre:</translation>
        </message>
        <message>
            <source>&amp;Password:</source>
            <translation>&amp;Contraseña:</translation>
        </message>
        <message>
            <source>&amp;Code:</source>
            <translation>C&amp;ódigo:</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Entrar</translation>
        </message>
        <message>
            <source>Names have up to 32 letters, digits, spaces, and _ . -</source>
            <translation>Los nombres tienen hasta 32 letras, cifras, espacios y _ . -</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ConnectionBanner</name>
        <message>
            <source>The connection was lost.</source>
            <translation>Se perdió la conexión.</translation>
        </message>
        <message>
            <source>The server cannot be reached.</source>
            <translation>No se llega al servidor.</translation>
        </message>
        <message>
            <source>%1 Next attempt in %2 s (number %3).</source>
            <translation>%1 Reintento en %2 s (intento %3).</translation>
        </message>
        <message>
            <source>%1 Trying again…</source>
            <translation>%1 Reintentando…</translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) will be sent on return.</source>
            <translation>
                <numerusform>Se enviará %n mensaje al volver.</numerusform>
                <numerusform>Se enviarán %n mensajes al volver.</numerusform>
            </translation>
        </message>
        <message>
            <source>Try now</source>
            <translation>Reintentar ahora</translation>
        </message>
        <message>
            <source>Enter again…</source>
            <translation>Entrar de nuevo…</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>Conectando…</translation>
        </message>
        <message>
            <source>Disconnected: %1.</source>
            <translation>Desconectado: %1.</translation>
        </message>
        <message>
            <source>You are at the door. The host will let you in.</source>
            <translation>Estás en la puerta. El anfitrión te dejará entrar.</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ConnectionDetails</name>
        <message>
            <source>This connection has ended.</source>
            <translation>Esta conexión ha terminado.</translation>
        </message>
        <message>
            <source>User:</source>
            <translation>Usuario:</translation>
        </message>
        <message>
            <source>Role:</source>
            <translation>Papel:</translation>
        </message>
        <message>
            <source>Transport:</source>
            <translation>Transporte:</translation>
        </message>
        <message>
            <source>Address:</source>
            <translation>Dirección:</translation>
        </message>
        <message>
            <source>Path:</source>
            <translation>Ruta:</translation>
        </message>
        <message>
            <source>Client:</source>
            <translation>Cliente:</translation>
        </message>
        <message>
            <source>Rooms:</source>
            <translation>Salas:</translation>
        </message>
        <message>
            <source>Connected:</source>
            <translation>Conectado:</translation>
        </message>
        <message>
            <source>Round trip:</source>
            <translation>Ida y vuelta:</translation>
        </message>
        <message>
            <source>Messages:</source>
            <translation>Mensajes:</translation>
        </message>
        <message>
            <source>Bytes:</source>
            <translation>Bytes:</translation>
        </message>
        <message>
            <source>Waiting:</source>
            <translation>En cola:</translation>
        </message>
        <message>
            <source>Id:</source>
            <translation>Id:</translation>
        </message>
        <message>
            <source>Connection of %1</source>
            <translation>Conexión de %1</translation>
        </message>
        <message>
            <source>Host</source>
            <translation>Anfitrión</translation>
        </message>
        <message>
            <source>Member</source>
            <translation>Miembro</translation>
        </message>
        <message>
            <source>Guest</source>
            <translation>Invitado</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>desconocido</translation>
        </message>
        <message>
            <source>%1 in, %2 out</source>
            <translation>%1 recibidos, %2 enviados</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ConnectionModel</name>
        <message>
            <source>Slow: answers late or does not read what it is sent</source>
            <translation>Lento: responde tarde o no lee lo que se le envía</translation>
        </message>
        <message>
            <source>User</source>
            <translation>Usuario</translation>
        </message>
        <message>
            <source>Transport</source>
            <translation>Transporte</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Dirección</translation>
        </message>
        <message>
            <source>Rooms</source>
            <translation>Salas</translation>
        </message>
        <message>
            <source>Connected</source>
            <translation>Conectado</translation>
        </message>
        <message>
            <source>Round trip</source>
            <translation>Ping</translation>
        </message>
        <message>
            <source>Msgs in</source>
            <translation>Recib.</translation>
        </message>
        <message>
            <source>Msgs out</source>
            <translation>Enviados</translation>
        </message>
        <message>
            <source>Bytes in</source>
            <translation>Bytes rec.</translation>
        </message>
        <message>
            <source>Bytes out</source>
            <translation>Bytes env.</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>En cola</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ConnectionsPane</name>
        <message>
            <source>Connections (%1)</source>
            <translation>Conexiones (%1)</translation>
        </message>
        <message>
            <source>Connections (%1 of %2)</source>
            <translation>Conexiones (%1 de %2)</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausar</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>En pausa</translation>
        </message>
        <message>
            <source>Paused (%1 waiting)</source>
            <translation>En pausa (%1 en espera)</translation>
        </message>
        <message>
            <source>Nobody is connected yet. Share the link, or let people scan the QR code.</source>
            <translation>Nadie conectado todavía. Comparte el enlace o deja que escaneen el código QR.</translation>
        </message>
        <message>
            <source>No connection matches the filter.</source>
            <translation>Ninguna conexión coincide con el filtro.</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Ver detalles</translation>
        </message>
        <message>
            <source>Copy address</source>
            <translation>Copiar dirección</translation>
        </message>
        <message>
            <source>Copy as wscat command</source>
            <translation>Copiar como comando wscat</translation>
        </message>
        <message>
            <source>Copy as curl command</source>
            <translation>Copiar como comando curl</translation>
        </message>
        <message>
            <source>Kick…</source>
            <translation>Expulsar…</translation>
        </message>
        <message numerus="yes">
            <source>Kick %n connection(s)…</source>
            <translation>
                <numerusform>Expulsar %n conexión…</numerusform>
                <numerusform>Expulsar %n conexiones…</numerusform>
            </translation>
        </message>
        <message>
            <source>Ban…</source>
            <translation>Bloquear…</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>Conexiones</translation>
        </message>
        <message>
            <source>Filter by user, address or room   Ctrl+F</source>
            <translation>Filtrar por usuario, IP o sala   Ctrl+F</translation>
        </message>
        <message>
            <source>Filter the connections</source>
            <translation>Filtrar las conexiones</translation>
        </message>
        <message>
            <source>Stop the table's movement; nothing is lost (Ctrl+P)</source>
            <translation>Detener el movimiento de la tabla; no se pierde nada (Ctrl+P)</translation>
        </message>
        <message>
            <source>Choose columns</source>
            <translation>Elegir columnas</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportar…</translation>
        </message>
        <message>
            <source>Save this table as CSV</source>
            <translation>Guardar esta tabla como CSV</translation>
        </message>
        <message>
            <source>The server is not running: nobody can connect.</source>
            <translation>El servidor no está en marcha: nadie puede conectarse.</translation>
        </message>
    </context>
    <context>
        <name>tertulia::DashboardHeader</name>
        <message>
            <source>Running</source>
            <translation>En marcha</translation>
        </message>
        <message>
            <source>Running at %1</source>
            <translation>En marcha · %1</translation>
        </message>
        <message>
            <source>The server is running</source>
            <translation>El servidor está en marcha</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Iniciando…</translation>
        </message>
        <message>
            <source>The server is starting</source>
            <translation>El servidor se está iniciando</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Deteniendo…</translation>
        </message>
        <message>
            <source>The server is stopping</source>
            <translation>El servidor se está deteniendo</translation>
        </message>
        <message>
            <source>Another program uses port %1</source>
            <translation>Otro programa usa el puerto %1</translation>
        </message>
        <message>
            <source>Could not start</source>
            <translation>No se pudo iniciar</translation>
        </message>
        <message>
            <source>The server could not start</source>
            <translation>El servidor no se pudo iniciar</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Detenido</translation>
        </message>
        <message>
            <source>The server is stopped</source>
            <translation>El servidor está detenido</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Reintentar</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Iniciar</translation>
        </message>
        <message>
            <source>Use port %1</source>
            <translation>Usar el puerto %1</translation>
        </message>
        <message>
            <source>Nobody can connect. Start the server and share its address.</source>
            <translation>Nadie puede conectarse. Inicia el servidor y comparte su dirección.</translation>
        </message>
        <message>
            <source>only from this computer</source>
            <translation>solo desde este equipo</translation>
        </message>
        <message>
            <source>up for %1</source>
            <translation>en marcha desde hace %1</translation>
        </message>
        <message>
            <source>code %1</source>
            <translation>código %1</translation>
        </message>
        <message>
            <source>guests allowed</source>
            <translation>invitados permitidos</translation>
        </message>
        <message>
            <source>accounts only</source>
            <translation>solo cuentas</translation>
        </message>
        <message>
            <source>newcomers wait at the door</source>
            <translation>los nuevos esperan en la puerta</translation>
        </message>
        <message>
            <source>not encrypted on this network</source>
            <translation>sin cifrar en esta red</translation>
        </message>
        <message>
            <source>encrypted</source>
            <translation>cifrado</translation>
        </message>
        <message>
            <source>Copy link</source>
            <translation>Copiar enlace</translation>
        </message>
        <message>
            <source>Copy the link for guests (Ctrl+Shift+C)</source>
            <translation>Copiar el enlace para invitados (Ctrl+Mayús+C)</translation>
        </message>
        <message>
            <source>Invite…</source>
            <translation>Invitar…</translation>
        </message>
        <message>
            <source>Show the QR code and the address in large (Ctrl+I)</source>
            <translation>Mostrar en grande el código QR y la dirección (Ctrl+I)</translation>
        </message>
        <message>
            <source>Open chat</source>
            <translation>Abrir chat</translation>
        </message>
        <message>
            <source>Open the chat window (Ctrl+Enter)</source>
            <translation>Abrir la ventana del chat (Ctrl+Intro)</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Detener</translation>
        </message>
        <message>
            <source>Stop the server: everyone is disconnected</source>
            <translation>Detener el servidor: se desconecta a todos</translation>
        </message>
        <message>
            <source>QR code of the link for guests</source>
            <translation>Código QR del enlace para invitados</translation>
        </message>
        <message>
            <source>Scan to join</source>
            <translation>Escanea para entrar</translation>
        </message>
    </context>
    <context>
        <name>tertulia::DashboardMenus</name>
        <message>
            <source>About Tertulia</source>
            <translation>Acerca de Tertulia</translation>
        </message>
        <message>
            <source>Tertulia %1</source>
            <translation>Tertulia %1</translation>
        </message>
        <message>
            <source>Hosts a chat on the local network and shows it live. It sends nothing to anyone outside it: no telemetry.

Free software under the GNU General Public License, version 3 or later.</source>
            <translation>Aloja un chat en la red local y lo muestra en vivo. No envía nada a nadie de fuera: sin telemetría.

Software libre bajo la Licencia Pública General de GNU, versión 3 o posterior.</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Archivo</translation>
        </message>
        <message>
            <source>&amp;Server</source>
            <translation>&amp;Servidor</translation>
        </message>
        <message>
            <source>&amp;Rooms</source>
            <translation>Sa&amp;las</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ver</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>A&amp;yuda</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>&amp;Tema</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Idioma</translation>
        </message>
        <message>
            <source>&amp;Announce to everyone…</source>
            <translation>&amp;Avisar a todos…</translation>
        </message>
        <message>
            <source>&amp;Export connections…</source>
            <translation>&amp;Exportar conexiones…</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>Aj&amp;ustes…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Salir</translation>
        </message>
        <message>
            <source>&amp;Start</source>
            <translation>&amp;Iniciar</translation>
        </message>
        <message>
            <source>S&amp;top…</source>
            <translation>&amp;Detener…</translation>
        </message>
        <message>
            <source>&amp;Copy link</source>
            <translation>&amp;Copiar enlace</translation>
        </message>
        <message>
            <source>&amp;Invite (QR)…</source>
            <translation>In&amp;vitar (QR)…</translation>
        </message>
        <message>
            <source>&amp;Open chat</source>
            <translation>&amp;Abrir chat</translation>
        </message>
        <message>
            <source>&amp;Bans…</source>
            <translation>&amp;Bloqueos…</translation>
        </message>
        <message>
            <source>&amp;New room…</source>
            <translation>&amp;Nueva sala…</translation>
        </message>
        <message>
            <source>&amp;Edit room…</source>
            <translation>&amp;Editar sala…</translation>
        </message>
        <message>
            <source>&amp;Delete room…</source>
            <translation>E&amp;liminar sala…</translation>
        </message>
        <message>
            <source>&amp;Filter connections</source>
            <translation>&amp;Filtrar conexiones</translation>
        </message>
        <message>
            <source>&amp;Pause the table</source>
            <translation>&amp;Pausar la tabla</translation>
        </message>
        <message>
            <source>&amp;Next pane</source>
            <translation>Panel &amp;siguiente</translation>
        </message>
        <message>
            <source>API &amp;documentation</source>
            <translation>&amp;Documentación de la API</translation>
        </message>
        <message>
            <source>&amp;About Tertulia</source>
            <translation>&amp;Acerca de Tertulia</translation>
        </message>
        <message>
            <source>About &amp;Qt</source>
            <translation>Acerca de &amp;Qt</translation>
        </message>
        <message>
            <source>&amp;System</source>
            <translation>&amp;Sistema</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>&amp;Claro</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>&amp;Oscuro</translation>
        </message>
    </context>
    <context>
        <name>tertulia::DashboardWindow</name>
        <message>
            <source>Link copied</source>
            <translation>Enlace copiado</translation>
        </message>
        <message>
            <source>Not listening</source>
            <translation>Sin escuchar</translation>
        </message>
        <message>
            <source>Port %1</source>
            <translation>Puerto %1</translation>
        </message>
        <message>
            <source>RAM %1</source>
            <translation>RAM %1</translation>
        </message>
        <message>
            <source>CPU %1 %</source>
            <translation>CPU %1 %</translation>
        </message>
        <message>
            <source>%1 waiting to be sent</source>
            <translation>%1 en cola de envío</translation>
        </message>
        <message>
            <source>store: %1</source>
            <translation>almacén: %1</translation>
        </message>
        <message>
            <source>▲ the store does not answer</source>
            <translation>▲ el almacén no responde</translation>
        </message>
        <message>
            <source>Stop the server</source>
            <translation>Detener el servidor</translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) will lose the connection. Stop all the same?</source>
            <translation>
                <numerusform>%n persona perderá la conexión. ¿Detener de todos modos?</numerusform>
                <numerusform>%n personas perderán la conexión. ¿Detener de todos modos?</numerusform>
            </translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Detener</translation>
        </message>
        <message>
            <source>Delete room</source>
            <translation>Eliminar sala</translation>
        </message>
        <message>
            <source>Delete # %1 with all its messages? This cannot be undone.</source>
            <translation>¿Eliminar # %1 con todos sus mensajes? No se puede deshacer.</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Export the connections</source>
            <translation>Exportar las conexiones</translation>
        </message>
        <message>
            <source>CSV tables (*.csv)</source>
            <translation>Tablas CSV (*.csv)</translation>
        </message>
        <message>
            <source>Saved</source>
            <translation>Guardado</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>No se pudo escribir el archivo.</translation>
        </message>
        <message>
            <source>%1 — Dashboard</source>
            <translation>%1 — Panel</translation>
        </message>
    </context>
    <context>
        <name>tertulia::DoorBar</name>
        <message>
            <source>Let in</source>
            <translation>Dejar entrar</translation>
        </message>
        <message>
            <source>Refuse</source>
            <translation>Rechazar</translation>
        </message>
        <message>
            <source>%1 is at the door (%2).</source>
            <translation>%1 está en la puerta (%2).</translation>
        </message>
        <message numerus="yes">
            <source>%1 is at the door (%2), and %n more.</source>
            <translation>
                <numerusform>%1 está en la puerta (%2), y %n más.</numerusform>
                <numerusform>%1 está en la puerta (%2), y %n más.</numerusform>
            </translation>
        </message>
        <message>
            <source>Let %1 in</source>
            <translation>Dejar entrar a %1</translation>
        </message>
        <message>
            <source>Refuse %1</source>
            <translation>Rechazar a %1</translation>
        </message>
    </context>
    <context>
        <name>tertulia::EmojiMenu</name>
        <message>
            <source>Emoji</source>
            <translation>Emoji</translation>
        </message>
    </context>
    <context>
        <name>tertulia::InviteDialog</name>
        <message>
            <source>Join from any device on this network</source>
            <translation>Únete desde cualquier dispositivo de esta red</translation>
        </message>
        <message>
            <source>1. Connect to the same Wi-Fi or cable   2. Scan the code, or type:</source>
            <translation>1. Conéctate al mismo Wi-Fi o cable   2. Escanea el código o escribe:</translation>
        </message>
        <message>
            <source>Copy link</source>
            <translation>Copiar enlace</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Pantalla completa</translation>
        </message>
        <message>
            <source>Save image…</source>
            <translation>Guardar imagen…</translation>
        </message>
        <message>
            <source>Cannot connect?</source>
            <translation>¿No conecta?</translation>
        </message>
        <message>
            <source>Invite</source>
            <translation>Invitar</translation>
        </message>
        <message>
            <source>QR code of the link for guests</source>
            <translation>Código QR del enlace para invitados</translation>
        </message>
        <message>
            <source>Address to show</source>
            <translation>Dirección que se muestra</translation>
        </message>
        <message>
            <source>%1 on %2</source>
            <comment>address on network interface</comment>
            <translation>%1 por %2</translation>
        </message>
        <message>
            <source>%1 (recommended)</source>
            <translation>%1 (recomendada)</translation>
        </message>
        <message>
            <source>%1 (this computer only)</source>
            <translation>%1 (solo este equipo)</translation>
        </message>
        <message>
            <source>%1 (virtual network)</source>
            <translation>%1 (red virtual)</translation>
        </message>
        <message numerus="yes">
            <source>%n inside now</source>
            <translation>
                <numerusform>%n dentro ahora</numerusform>
                <numerusform>%n dentro ahora</numerusform>
            </translation>
        </message>
        <message>
            <source>The server is not running.</source>
            <translation>El servidor no está en marcha.</translation>
        </message>
        <message>
            <source>Code %1</source>
            <translation>Código %1</translation>
        </message>
        <message>
            <source>✔ Verified: another device came in through this address</source>
            <translation>✔ Comprobada: otro dispositivo ya entró por esta dirección</translation>
        </message>
        <message>
            <source>No other device has come in through this address yet</source>
            <translation>Ningún otro dispositivo ha entrado aún por esta dirección</translation>
        </message>
        <message>
            <source>Save the invitation</source>
            <translation>Guardar la invitación</translation>
        </message>
        <message>
            <source>PNG images (*.png)</source>
            <translation>Imágenes PNG (*.png)</translation>
        </message>
        <message>
            <source>The image could not be saved there.</source>
            <translation>No se pudo guardar la imagen ahí.</translation>
        </message>
        <message>
            <source>What stops other devices, the most frequent first</source>
            <translation>Lo que impide conectar a otros dispositivos, lo más frecuente primero</translation>
        </message>
        <message>
            <source>• The device is on another network: use the same Wi-Fi or cable.</source>
            <translation>• El dispositivo está en otra red: usa el mismo Wi-Fi o cable.</translation>
        </message>
        <message>
            <source>• The firewall of this computer: let TCP port %1 in.</source>
            <translation>• El cortafuegos de este equipo: deja entrar el puerto TCP %1.</translation>
        </message>
        <message>
            <source>• Guest and school Wi-Fi often keeps devices apart: try a hotspot or a cable.</source>
            <translation>• El Wi-Fi de invitados o escolar suele aislar los dispositivos: prueba con un punto de acceso o un cable.</translation>
        </message>
        <message>
            <source>• A VPN on either side hides the network: switch it off, or choose another address above.</source>
            <translation>• Una VPN en cualquiera de los lados oculta la red: desactívala o elige otra dirección arriba.</translation>
        </message>
        <message>
            <source>Copy the ufw command</source>
            <translation>Copiar el comando de ufw</translation>
        </message>
    </context>
    <context>
        <name>tertulia::KickDialog</name>
        <message>
            <source>Kick</source>
            <translation>Expulsar</translation>
        </message>
        <message>
            <source>Disconnect %1? They can come back unless you ban them.</source>
            <translation>¿Desconectar a %1? Podrá volver salvo que lo bloquees.</translation>
        </message>
        <message numerus="yes">
            <source>Disconnect %n connection(s)? They can come back unless you ban them.</source>
            <translation>
                <numerusform>¿Desconectar %n conexión? Podrá volver salvo que la bloquees.</numerusform>
                <numerusform>¿Desconectar %n conexiones? Podrán volver salvo que las bloquees.</numerusform>
            </translation>
        </message>
        <message>
            <source>They will read it</source>
            <translation>Podrá leerlo</translation>
        </message>
        <message>
            <source>&amp;Reason:</source>
            <translation>&amp;Motivo:</translation>
        </message>
    </context>
    <context>
        <name>tertulia::MemberDelegate</name>
        <message>
            <source>host</source>
            <translation>anfitrión</translation>
        </message>
        <message>
            <source>guest</source>
            <translation>invitado</translation>
        </message>
    </context>
    <context>
        <name>tertulia::MemberModel</name>
        <message>
            <source>, is typing</source>
            <translation>, está escribiendo</translation>
        </message>
        <message>
            <source>%1, host</source>
            <translation>%1, anfitrión</translation>
        </message>
        <message>
            <source>%1, guest</source>
            <translation>%1, invitado</translation>
        </message>
    </context>
    <context>
        <name>tertulia::MessageDelegate</name>
        <message>
            <source>New messages</source>
            <translation>Mensajes nuevos</translation>
        </message>
        <message>
            <source>%1 · click to save</source>
            <translation>%1 · pulsa para guardar</translation>
        </message>
    </context>
    <context>
        <name>tertulia::MetricCard</name>
        <message>
            <source>Chart: %1</source>
            <translation>Gráfico: %1</translation>
        </message>
    </context>
    <context>
        <name>tertulia::MetricsPane</name>
        <message numerus="yes">
            <source>%n user(s)</source>
            <translation>
                <numerusform>%n usuario</numerusform>
                <numerusform>%n usuarios</numerusform>
            </translation>
        </message>
        <message>
            <source>in/s · %1 out/s</source>
            <translation>entran/s · %1 salen/s</translation>
        </message>
        <message>
            <source>p50 · %1 p99</source>
            <translation>p50 · %1 p99</translation>
        </message>
        <message>
            <source>out · %1 in</source>
            <translation>salida · %1 entrada</translation>
        </message>
        <message>
            <source>1 min</source>
            <translation>1 min</translation>
        </message>
        <message>
            <source>Show the last minute</source>
            <translation>Mostrar el último minuto</translation>
        </message>
        <message>
            <source>15 min</source>
            <translation>15 min</translation>
        </message>
        <message>
            <source>Show the last 15 minutes</source>
            <translation>Mostrar los últimos 15 minutos</translation>
        </message>
        <message>
            <source>1 h</source>
            <translation>1 h</translation>
        </message>
        <message>
            <source>Show the last hour</source>
            <translation>Mostrar la última hora</translation>
        </message>
        <message>
            <source>24 h</source>
            <translation>24 h</translation>
        </message>
        <message>
            <source>Show the last 24 hours</source>
            <translation>Mostrar las últimas 24 horas</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>En vivo</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>Conexiones</translation>
        </message>
        <message>
            <source>poll</source>
            <translation>sondeo</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Mensajes</translation>
        </message>
        <message>
            <source>in</source>
            <translation>entrada</translation>
        </message>
        <message>
            <source>out</source>
            <translation>salida</translation>
        </message>
        <message>
            <source>Fan-out latency</source>
            <translation>Latencia de difusión</translation>
        </message>
        <message>
            <source>From a message's arrival to the last write of it to a member</source>
            <translation>Desde que llega un mensaje hasta su última escritura a un miembro</translation>
        </message>
        <message>
            <source>Traffic</source>
            <translation>Tráfico</translation>
        </message>
        <message>
            <source>Event-loop lag</source>
            <translation>Retraso del bucle</translation>
        </message>
        <message>
            <source>How late the server's loop runs; over 50 ms guests begin to notice</source>
            <translation>Cuánto se retrasa el bucle del servidor; por encima de 50 ms empieza a notarse</translation>
        </message>
    </context>
    <context>
        <name>tertulia::ProjectorView</name>
        <message>
            <source>Invite</source>
            <translation>Invitar</translation>
        </message>
        <message>
            <source>Join at %1</source>
            <translation>Únete en %1</translation>
        </message>
    </context>
    <context>
        <name>tertulia::QuickSwitcher</name>
        <message>
            <source>Go to…</source>
            <translation>Ir a…</translation>
        </message>
        <message>
            <source>Rooms and people</source>
            <translation>Salas y personas</translation>
        </message>
        <message>
            <source>Room or person</source>
            <translation>Sala o persona</translation>
        </message>
        <message>
            <source>Enter makes a new public room # %1.</source>
            <translation>Intro crea una sala pública nueva # %1.</translation>
        </message>
        <message>
            <source>Enter opens it.</source>
            <translation>Intro la abre.</translation>
        </message>
    </context>
    <context>
        <name>tertulia::RoomDialog</name>
        <message>
            <source>&amp;Private: only for who is invited</source>
            <translation>&amp;Privada: solo para quien esté invitado</translation>
        </message>
        <message>
            <source>Read &amp;only: only its owner and the host write</source>
            <translation>Solo &amp;lectura: solo escriben su dueño y el anfitrión</translation>
        </message>
        <message>
            <source>Edit room</source>
            <translation>Editar sala</translation>
        </message>
        <message>
            <source>New room</source>
            <translation>Nueva sala</translation>
        </message>
        <message>
            <source>Leave empty to keep it</source>
            <translation>Déjala vacía para conservarla</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Ninguno</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Desactivado</translation>
        </message>
        <message>
            <source>&amp;Name:</source>
            <translation>&amp;Nombre:</translation>
        </message>
        <message>
            <source>&amp;Topic:</source>
            <translation>&amp;Tema:</translation>
        </message>
        <message>
            <source>Pass&amp;word:</source>
            <translation>&amp;Contraseña:</translation>
        </message>
        <message>
            <source>&amp;Slow mode:</source>
            <translation>&amp;Modo lento:</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Guardar</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>Crear</translation>
        </message>
        <message>
            <source>Only letters, digits, and _ . - (up to 64)</source>
            <translation>Solo letras, cifras y _ . - (hasta 64)</translation>
        </message>
    </context>
    <context>
        <name>tertulia::RoomHeader</name>
        <message numerus="yes">
            <source>%n member(s)</source>
            <translation>
                <numerusform>%n miembro</numerusform>
                <numerusform>%n miembros</numerusform>
            </translation>
        </message>
        <message>
            <source>Search in this room (Ctrl+F)</source>
            <translation>Buscar en esta sala (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search in this room</source>
            <translation>Buscar en esta sala</translation>
        </message>
        <message>
            <source>Show or hide the members</source>
            <translation>Mostrar u ocultar los miembros</translation>
        </message>
        <message>
            <source>Members</source>
            <translation>Miembros</translation>
        </message>
        <message>
            <source>Leave this room</source>
            <translation>Salir de esta sala</translation>
        </message>
    </context>
    <context>
        <name>tertulia::RoomListModel</name>
        <message>
            <source>Direct conversation</source>
            <translation>Conversación directa</translation>
        </message>
        <message>
            <source>private</source>
            <translation>privada</translation>
        </message>
        <message numerus="yes">
            <source>%n unread</source>
            <translation>
                <numerusform>%n sin leer</numerusform>
                <numerusform>%n sin leer</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n mention(s)</source>
            <translation>
                <numerusform>%n mención</numerusform>
                <numerusform>%n menciones</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::RoomModel</name>
        <message>
            <source>Owner: %1</source>
            <translation>Dueño: %1</translation>
        </message>
        <message>
            <source>Direct conversation</source>
            <translation>Conversación directa</translation>
        </message>
        <message>
            <source>Private: only for who is invited</source>
            <translation>Privada: solo para quien esté invitado</translation>
        </message>
        <message>
            <source>Asks for a password</source>
            <translation>Pide una contraseña</translation>
        </message>
        <message>
            <source>Read only</source>
            <translation>Solo lectura</translation>
        </message>
        <message>
            <source>Slow mode: one message every %1 s</source>
            <translation>Modo lento: un mensaje cada %1 s</translation>
        </message>
        <message>
            <source>Messages a minute</source>
            <translation>Mensajes por minuto</translation>
        </message>
        <message>
            <source>Room</source>
            <translation>Sala</translation>
        </message>
        <message>
            <source>Members</source>
            <translation>Miembros</translation>
        </message>
        <message>
            <source>msg/min</source>
            <translation>msg/min</translation>
        </message>
    </context>
    <context>
        <name>tertulia::RoomsPane</name>
        <message>
            <source>Show its connections</source>
            <translation>Ver sus conexiones</translation>
        </message>
        <message>
            <source>Edit room…</source>
            <translation>Editar sala…</translation>
        </message>
        <message>
            <source>Delete room…</source>
            <translation>Eliminar sala…</translation>
        </message>
        <message>
            <source>New room…</source>
            <translation>Nueva sala…</translation>
        </message>
        <message>
            <source>Rooms</source>
            <translation>Salas</translation>
        </message>
        <message>
            <source>No rooms yet. They appear here when the server runs.</source>
            <translation>Aún no hay salas. Aparecen aquí cuando el servidor está en marcha.</translation>
        </message>
    </context>
    <context>
        <name>tertulia::SearchDialog</name>
        <message>
            <source>Enter searches the whole history of the room.</source>
            <translation>Intro busca en todo el historial de la sala.</translation>
        </message>
        <message>
            <source>Search in %1</source>
            <translation>Buscar en %1</translation>
        </message>
        <message>
            <source>Words to look for</source>
            <translation>Palabras que buscar</translation>
        </message>
        <message>
            <source>Found messages</source>
            <translation>Mensajes encontrados</translation>
        </message>
        <message>
            <source>Searching…</source>
            <translation>Buscando…</translation>
        </message>
        <message>
            <source>The search failed: %1</source>
            <translation>La búsqueda falló: %1</translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) found. Enter shows one in its place.</source>
            <translation>
                <numerusform>%n mensaje encontrado. Intro lo muestra en su sitio.</numerusform>
                <numerusform>%n mensajes encontrados. Intro muestra uno en su sitio.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>tertulia::SettingsDialog</name>
        <message>
            <source>Server settings</source>
            <translation>Ajustes del servidor</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>Servidor</translation>
        </message>
        <message>
            <source>&amp;Name:</source>
            <translation>&amp;Nombre:</translation>
        </message>
        <message>
            <source>What guests see</source>
            <translation>Lo que ven los invitados</translation>
        </message>
        <message>
            <source>&amp;Port:</source>
            <translation>&amp;Puerto:</translation>
        </message>
        <message>
            <source>Takes effect at the next start</source>
            <translation>Surte efecto en el próximo inicio</translation>
        </message>
        <message>
            <source>Access</source>
            <translation>Acceso</translation>
        </message>
        <message>
            <source>Guests may enter with only a &amp;name</source>
            <translation>Los invitados pueden entrar solo con un &amp;nombre</translation>
        </message>
        <message>
            <source>&amp;Code to enter:</source>
            <translation>&amp;Código de entrada:</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Ninguno</translation>
        </message>
        <message>
            <source>Newcomers wait at the &amp;door until I let them in</source>
            <translation>Los nuevos esperan en la &amp;puerta hasta que los deje entrar</translation>
        </message>
        <message>
            <source>Foreign web &amp;origins:</source>
            <translation>&amp;Orígenes web ajenos:</translation>
        </message>
        <message>
            <source>Other &amp;host names:</source>
            <translation>Otros nombres de &amp;equipo:</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>Límites</translation>
        </message>
        <message>
            <source>&amp;Messages a second:</source>
            <translation>&amp;Mensajes por segundo:</translation>
        </message>
        <message>
            <source>For each connection; 0 = no limit</source>
            <translation>Por conexión; 0 = sin límite</translation>
        </message>
        <message>
            <source>&amp;Burst:</source>
            <translation>&amp;Ráfaga:</translation>
        </message>
        <message>
            <source>Messages at once before the limit holds</source>
            <translation>Mensajes seguidos antes de que rija el límite</translation>
        </message>
        <message>
            <source>Longest message (&amp;bytes):</source>
            <translation>Mensaje más largo (&amp;bytes):</translation>
        </message>
        <message>
            <source>&amp;Connections:</source>
            <translation>&amp;Conexiones:</translation>
        </message>
        <message>
            <source>Connections of one &amp;user:</source>
            <translation>Conexiones de un &amp;usuario:</translation>
        </message>
        <message>
            <source>Connections of one &amp;address:</source>
            <translation>Conexiones de una &amp;dirección:</translation>
        </message>
        <message>
            <source>0 = no limit</source>
            <translation>0 = sin límite</translation>
        </message>
        <message>
            <source>Largest &amp;file (bytes):</source>
            <translation>&amp;Archivo más grande (bytes):</translation>
        </message>
        <message>
            <source>Messages &amp;kept in a room:</source>
            <translation>Mensajes &amp;guardados por sala:</translation>
        </message>
        <message>
            <source>0 = all</source>
            <translation>0 = todos</translation>
        </message>
    </context>
    <context>
        <name>tertulia::TimelineModel</name>
        <message>
            <source>an earlier message</source>
            <translation>un mensaje anterior</translation>
        </message>
        <message numerus="yes">
            <source>%1 and %n more joined</source>
            <translation>
                <numerusform>%1 y %n más se unieron</numerusform>
                <numerusform>%1 y %n más se unieron</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 and %n more left</source>
            <translation>
                <numerusform>%1 y %n más salieron</numerusform>
                <numerusform>%1 y %n más salieron</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 joined</source>
            <translation>
                <numerusform>%1 se unió</numerusform>
                <numerusform>%1 se unieron</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 left</source>
            <translation>
                <numerusform>%1 salió</numerusform>
                <numerusform>%1 salieron</numerusform>
            </translation>
        </message>
        <message>
            <source>New messages</source>
            <translation>Mensajes nuevos</translation>
        </message>
        <message>
            <source>%1 at %2</source>
            <translation>%1 a las %2</translation>
        </message>
        <message>
            <source>in reply to %1</source>
            <translation>en respuesta a %1</translation>
        </message>
        <message>
            <source>file %1, %2</source>
            <translation>archivo %1, %2</translation>
        </message>
        <message>
            <source>edited</source>
            <translation>editado</translation>
        </message>
        <message>
            <source>being sent</source>
            <translation>enviándose</translation>
        </message>
        <message>
            <source>not sent</source>
            <translation>no enviado</translation>
        </message>
    </context>
    <context>
        <name>tertulia::TimelineView</name>
        <message>
            <source>Reply</source>
            <translation>Responder</translation>
        </message>
        <message>
            <source>React…</source>
            <translation>Reaccionar…</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Reintentar</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>Descartar</translation>
        </message>
        <message>
            <source>Copy text</source>
            <translation>Copiar texto</translation>
        </message>
        <message>
            <source>Save file…</source>
            <translation>Guardar archivo…</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Editar</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Mensajes</translation>
        </message>
        <message>
            <source>React</source>
            <translation>Reaccionar</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Más</translation>
        </message>
        <message>
            <source>Newest</source>
            <translation>Más recientes</translation>
        </message>
        <message>
            <source>Go to the newest message (End)</source>
            <translation>Ir al mensaje más reciente (Fin)</translation>
        </message>
    </context>
    <context>
        <name>tertulia::TransferBar</name>
        <message>
            <source>Progress of %1</source>
            <translation>Progreso de %1</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Cancel %1</source>
            <translation>Cancelar %1</translation>
        </message>
        <message>
            <source>%1 failed: %2</source>
            <translation>%1 falló: %2</translation>
        </message>
    </context>
</TS>
