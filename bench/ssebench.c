// ssebench - black-box SSE load client (C, epoll, no dependencies).  Its options stand in `lo` below; docs/performance.md says what is measured.
// build: gcc -O2 -Wall -pthread -o ssebench ssebench.c
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef uint64_t u64; typedef uint32_t u32;
static u64 now_ns(void){ struct timespec t; clock_gettime(CLOCK_MONOTONIC,&t); return (u64)t.tv_sec*1000000000ull+t.tv_nsec; }
static void die(const char*m){ fprintf(stderr,"ssebench: %s (%s)\n",m,strerror(errno)); exit(2); }

// ---------------------------------------------------------------- options
static const char *o_url, *o_puburl, *o_body="{\"text\":\"{{MARKER}}\"}", *o_ctype="application/json", *o_method="POST";
static const char *o_tokens, *o_pubtokens, *o_lastid, *o_commitkey, *o_evtype, *o_label="", *o_idhdr="Last-Event-ID";
static char *o_hdr[32]; static int n_hdr; static char *o_phdr[32]; static int n_phdr;
static int o_conns=1,o_events=10,o_open_inflight=200,o_pubs=1,o_storm=-1,o_srcips=1,o_warm=0,o_accounts=0,o_storm_inflight=0;
static double o_rate=0,o_timeout=10,o_settle=1,o_hold=0,o_open_timeout=60;
static int o_pids[64], n_pids; static int o_gap_us=0; static int o_children=1;

// ---------------------------------------------------------------- urls
typedef struct { char host[128]; int port; char path[1024]; struct sockaddr_in sa; } Url;
static void parse_url(const char*s, Url*u){
  memset(u,0,sizeof*u); if(strncmp(s,"http://",7)) { errno=0; die("only http:// URLs"); }
  s+=7; const char*sl=strchr(s,'/'); size_t hl=sl?(size_t)(sl-s):strlen(s);
  char hp[160]; snprintf(hp,sizeof hp,"%.*s",(int)hl,s); char*c=strchr(hp,':'); u->port=80;
  if(c){*c=0;u->port=atoi(c+1);} snprintf(u->host,sizeof u->host,"%s",hp); snprintf(u->path,sizeof u->path,"%s",sl?sl:"/");
  u->sa.sin_family=AF_INET; u->sa.sin_port=htons(u->port);
  if(inet_pton(AF_INET,u->host,&u->sa.sin_addr)!=1){ struct hostent*h=gethostbyname(u->host); if(!h)die("resolve"); memcpy(&u->sa.sin_addr,h->h_addr_list[0],4); }
  if((ntohl(u->sa.sin_addr.s_addr)>>24)!=127){ errno=0; die("refusing a non-loopback target"); }
}
// ---------------------------------------------------------------- tokens: "account<TAB or space>token" a line; account = any label
static char **acct_name; static int n_acct; typedef struct {int acct; char*tok;} Tok;
static Tok*toks; static int n_tok; static Tok*ptoks; static int n_ptok;
static int acct_id(const char*s){ for(int i=0;i<n_acct;i++) if(!strcmp(acct_name[i],s)) return i; acct_name=realloc(acct_name,sizeof(char*)*(n_acct+1)); acct_name[n_acct]=strdup(s); return n_acct++; }
static void load_tokens(const char*f, Tok**t,int*n){ FILE*h=fopen(f,"r"); if(!h)die(f); char*l=NULL;size_t c=0; ssize_t r;
  while((r=getline(&l,&c,h))>0){ while(r&&(l[r-1]=='\n'||l[r-1]=='\r'))l[--r]=0; if(!r||*l=='#')continue; char*p=l; while(*p&&*p!='\t'&&*p!=' ')p++; char*tk=""; if(*p){*p=0;tk=p+1;}
    *t=realloc(*t,sizeof(Tok)*(*n+1)); (*t)[*n].acct=acct_id(l); (*t)[*n].tok=strdup(tk); (*n)++; } fclose(h); free(l); }
static char* subst(const char*s,const char*marker,const char*acct,const char*tok,const char*num,const char*uuid){
  size_t cap=strlen(s)+256,len=0; char*o=malloc(cap);
  while(*s){ const char*v=NULL;size_t k=0;
    if(!strncmp(s,"{{MARKER}}",10)){v=marker;k=10;} else if(!strncmp(s,"{{ACCOUNT}}",11)){v=acct;k=11;} else if(!strncmp(s,"{{TOKEN}}",9)){v=tok;k=9;}
    else if(!strncmp(s,"{{N}}",5)){v=num;k=5;} else if(!strncmp(s,"{{UUID}}",8)){v=uuid;k=8;}
    size_t vl = v?strlen(v):1; if(len+vl+1>cap){cap=(cap+vl)*2;o=realloc(o,cap);} 
    if(v){memcpy(o+len,v,vl);len+=vl;s+=k;} else o[len++]=*s++; }
  o[len]=0; return o; }

// ---------------------------------------------------------------- per event / per delivery records
static u32 run_id; static int max_ev; // sequence numbers 1..max_ev
typedef struct { u64 t0,t_resp,t_commit,first,last; atomic_int count; int acct; int status; } Ev;
static Ev*ev; typedef struct {u32 seq; u32 conn; u64 t;} Del; static Del*del; static size_t n_del,cap_del;
static int *acct_conns; // connections per account
static atomic_long c_dup,c_ooo,c_leak,c_foreign,c_comments,c_events,c_bytes,c_closed,c_badstatus,c_connerr,c_dispatch;
static atomic_int seq_next=1, seq_end=1; static int last_bad_status; static char last_bad_body[200];

// ---------------------------------------------------------------- connections
enum {S_NONE,S_CONN,S_HDR,S_STREAM,S_CLOSED};
typedef struct { int fd,acct,tok; uint8_t st,chunked,cst,trunc; u64 cleft; char*buf; u32 len,cap; char lastid[72],pendid[72]; char evt[40];
  u32 pend_seq; int pend_acct; u32 last_seq; u32 got; u64 t_start,t_hdr,t_rdone; uint8_t*bm; u32 storm_got; } Conn;
static Conn*cs; static int ep; static Url su,pu; static int storm_phase=0, storm_lo=0; static int n_open,n_connecting,n_rdone; static u32 storm_need;
static u64 t_read; static u32 count_from=1;

static void dispatch(Conn*c){
  atomic_fetch_add(&c_dispatch,1);
  if(c->pendid[0]) { memcpy(c->lastid,c->pendid,sizeof c->lastid); }
  if(c->pend_seq && (!o_evtype || !strcmp(c->evt,o_evtype))){ u32 s=c->pend_seq; int ci=c-cs;
    if(s<(u32)max_ev){
      if(c->pend_acct!=c->acct) atomic_fetch_add(&c_leak,1);
      if(c->bm[s>>3]&(1<<(s&7))) atomic_fetch_add(&c_dup,1);
      else { c->bm[s>>3]|=1<<(s&7); if(s<c->last_seq) atomic_fetch_add(&c_ooo,1); c->last_seq=s; c->got++; if(s>=count_from)atomic_fetch_add(&c_events,1);
        if(n_del==cap_del){cap_del=cap_del?cap_del*2:1<<16; del=realloc(del,cap_del*sizeof(Del));}
        del[n_del++]=(Del){s,(u32)ci,t_read}; Ev*e=&ev[s]; if(!e->first)e->first=t_read; e->last=t_read; atomic_fetch_add(&e->count,1);
        if(storm_phase && s>=(u32)storm_lo){ if(++c->storm_got==acct_conns[c->acct]*0+storm_need && !c->t_rdone){c->t_rdone=t_read;n_rdone++;} } } } }
  c->pend_seq=0; c->evt[0]=0;
}
static void line(Conn*c,const char*p,size_t n){
  if(n&&p[n-1]=='\r')n--;
  if(!n){dispatch(c);return;}
  if(*p==':'){atomic_fetch_add(&c_comments,1);return;}
  if(n>3&&!memcmp(p,"id:",3)){p+=3;n-=3;if(*p==' '){p++;n--;} if(n>70)n=70; memcpy(c->pendid,p,n);c->pendid[n]=0;return;}
  if(n>6&&!memcmp(p,"event:",6)){p+=6;n-=6;if(*p==' '){p++;n--;} if(n>39)n=39; memcpy(c->evt,p,n);c->evt[n]=0;return;}
  if(n>5&&!memcmp(p,"data:",5)&&!c->pend_seq){ const char*q=memmem(p,n,"bm~",3); if(q){ u32 r=0; int a=0; u32 s=0; char tmp[64]; size_t l=p+n-q; if(l>63)l=63; memcpy(tmp,q,l);tmp[l]=0;
      if(sscanf(tmp,"bm~%x~%d~%u~",&r,&a,&s)==3){ if(r==run_id){c->pend_seq=s;c->pend_acct=a;} else atomic_fetch_add(&c_foreign,1);} } }
}
static void bufput(Conn*c,const char*p,size_t n){ if(c->len+n>c->cap){ u32 k=c->cap?c->cap:256; while(k<c->len+n)k*=2; c->buf=realloc(c->buf,k); c->cap=k; } memcpy(c->buf+c->len,p,n); c->len+=n; }
static void sse(Conn*c,const char*p,size_t n){
  while(n){ const char*e=memchr(p,'\n',n); if(!e){bufput(c,p,n);return;} size_t l=e-p;
    if(c->len){bufput(c,p,l); line(c,c->buf,c->len); c->len=0; if(c->cap>4096){free(c->buf);c->buf=NULL;c->cap=0;}} else line(c,p,l);
    p=e+1;n-=l+1; } }
static void body(Conn*c,const char*p,size_t n){
  if(!c->chunked){sse(c,p,n);return;}
  while(n){ switch(c->cst){
    case 0: { char ch=*p++;n--; if(isxdigit((unsigned char)ch)){c->cleft=c->cleft*16+(isdigit((unsigned char)ch)?ch-'0':(tolower(ch)-'a'+10));} else if(ch=='\n'){ c->cst=c->cleft?1:3; } else if(ch!='\r')c->cst=4; break; }
    case 4: { char ch=*p++;n--; if(ch=='\n')c->cst=c->cleft?1:3; break; }
    case 1: { size_t k=n<c->cleft?n:c->cleft; sse(c,p,k); p+=k;n-=k;c->cleft-=k; if(!c->cleft)c->cst=2; break; }
    case 2: { char ch=*p++;n--; if(ch=='\n')c->cst=0; break; }
    default: return; } } }
static void conn_close(Conn*c){ if(c->fd>=0){close(c->fd);c->fd=-1;} if(c->st==S_CONN||c->st==S_HDR)n_connecting--; if(c->st==S_STREAM)n_open--; c->st=S_CLOSED; c->len=0; free(c->buf);c->buf=NULL;c->cap=0; }
static void conn_start(Conn*c){
  int fd=socket(AF_INET,SOCK_STREAM|SOCK_NONBLOCK|SOCK_CLOEXEC,0); if(fd<0){atomic_fetch_add(&c_connerr,1);c->st=S_CLOSED;return;}
  if(o_srcips>1){ struct sockaddr_in b={.sin_family=AF_INET}; b.sin_addr.s_addr=htonl(0x7f000001u+1+((c-cs)%o_srcips)); int one=1; setsockopt(fd,IPPROTO_IP,IP_BIND_ADDRESS_NO_PORT,&one,sizeof one); bind(fd,(void*)&b,sizeof b);} 
  int one=1; setsockopt(fd,IPPROTO_TCP,TCP_NODELAY,&one,sizeof one);
  c->fd=fd; c->st=S_CONN; c->t_start=now_ns(); c->t_hdr=0; c->chunked=0;c->cst=0;c->cleft=0;c->len=0;c->pend_seq=0;c->pendid[0]=0;c->evt[0]=0; n_connecting++;
  if(connect(fd,(void*)&su.sa,sizeof su.sa)<0&&errno!=EINPROGRESS){atomic_fetch_add(&c_connerr,1);conn_close(c);return;}
  struct epoll_event e={.events=EPOLLOUT,.data.u32=c-cs}; epoll_ctl(ep,EPOLL_CTL_ADD,fd,&e);
}
static void conn_send_req(Conn*c){
  int er=0;socklen_t l=sizeof er; getsockopt(c->fd,SOL_SOCKET,SO_ERROR,&er,&l); if(er){atomic_fetch_add(&c_connerr,1);conn_close(c);return;}
  char num[16];snprintf(num,16,"%d",(int)(c-cs)); const char*tk=c->tok>=0?toks[c->tok].tok:""; const char*an=acct_name[c->acct];
  char *path=subst(su.path,"",an,tk,num,""); char req[8192]; int n=snprintf(req,sizeof req,"GET %s HTTP/1.1\r\nHost: %s:%d\r\nAccept: text/event-stream\r\nCache-Control: no-store\r\n",path,su.host,su.port); free(path);
  for(int i=0;i<n_hdr;i++){char*h=subst(o_hdr[i],"",an,tk,num,""); n+=snprintf(req+n,sizeof req-n,"%s\r\n",h); free(h);} 
  const char*li=c->lastid[0]?c->lastid:(o_lastid?o_lastid:NULL); if(li) n+=snprintf(req+n,sizeof req-n,"%s: %s\r\n",o_idhdr,li);
  n+=snprintf(req+n,sizeof req-n,"\r\n"); if(send(c->fd,req,n,MSG_NOSIGNAL)!=n){atomic_fetch_add(&c_connerr,1);conn_close(c);return;}
  c->st=S_HDR; struct epoll_event e={.events=EPOLLIN|EPOLLRDHUP,.data.u32=c-cs}; epoll_ctl(ep,EPOLL_CTL_MOD,c->fd,&e);
}
static char rb[1<<17];
static void conn_read(Conn*c){
  ssize_t r=recv(c->fd,rb,sizeof rb,0); if(r<0){ if(errno==EAGAIN||errno==EINTR)return; atomic_fetch_add(&c_closed,1); conn_close(c); return; }
  if(r==0){ atomic_fetch_add(&c_closed,1); conn_close(c); return; }
  t_read=now_ns(); atomic_fetch_add(&c_bytes,r);
  if(c->st==S_STREAM){ body(c,rb,r); return; }
  bufput(c,rb,r); char*e=memmem(c->buf,c->len,"\r\n\r\n",4); if(!e)return;
  *e=0; int st=0; sscanf(c->buf,"HTTP/%*s %d",&st); 
  if(st!=200){ atomic_fetch_add(&c_badstatus,1); last_bad_status=st; snprintf(last_bad_body,sizeof last_bad_body,"%.*s",(int)(c->len-(e+4-c->buf)),e+4); conn_close(c); return; }
  c->chunked=strcasestr(c->buf,"transfer-encoding: chunked")!=NULL; c->t_hdr=t_read; c->st=S_STREAM; n_connecting--; n_open++;
  size_t rest=c->len-(e+4-c->buf); char*b=c->buf; c->buf=NULL;c->cap=0;c->len=0; if(rest)body(c,e+4,rest); free(b);
}
static void poll_once(int ms){ struct epoll_event es[1024]; int n=epoll_wait(ep,es,1024,ms); for(int i=0;i<n;i++){ Conn*c=&cs[es[i].data.u32]; if(c->fd<0)continue; if(c->st==S_CONN)conn_send_req(c); else conn_read(c);} }
static void loop_for(double s){ u64 e=now_ns()+(u64)(s*1e9); u64 n; while((n=now_ns())<e){ int ms=(e-n)/1000000; poll_once(ms>20?20:ms); } }

// ---------------------------------------------------------------- publisher
static int psock(void){ int fd=socket(AF_INET,SOCK_STREAM|SOCK_CLOEXEC,0); int one=1; setsockopt(fd,IPPROTO_TCP,TCP_NODELAY,&one,sizeof one); struct timeval tv={15,0}; setsockopt(fd,SOL_SOCKET,SO_RCVTIMEO,&tv,sizeof tv); if(connect(fd,(void*)&pu.sa,sizeof pu.sa)<0){close(fd);return -1;} return fd; }
static int http_rt(int*fd,const char*req,int n,char*out,int cap,int*keep){ // returns status or -1; body in out
  if(*fd<0)*fd=psock(); if(*fd<0)return -1; if(send(*fd,req,n,MSG_NOSIGNAL)!=n){close(*fd);*fd=-1;return -1;}
  int len=0; char*e=NULL; long need=-1; int chunked=0;
  for(;;){ int r=recv(*fd,out+len,cap-1-len,0); if(r<=0){ if(e&&need<0&&!chunked){ close(*fd);*fd=-1; break;} close(*fd);*fd=-1;return -1;} len+=r; out[len]=0;
    if(!e){ e=strstr(out,"\r\n\r\n"); if(!e)continue; e+=4; char sv=e[-2]; e[-2]=0; char*cl=strcasestr(out,"content-length:"); if(cl)need=atol(cl+15); chunked=strcasestr(out,"transfer-encoding: chunked")!=NULL; *keep=strcasestr(out,"connection: close")==NULL; e[-2]=sv; }
    if(need>=0&&out+len-e>=need)break; if(chunked&&len>=5&&!memcmp(out+len-5,"0\r\n\r\n",5))break; int stt=atoi(out+9); if(need<0&&!chunked&&(stt==204||stt==304))break; }
  int st=atoi(out+9); if(!*keep&&*fd>=0){close(*fd);*fd=-1;} return st; }
static double closed_timeout; static u64 pub_t0; static int pub_base; static atomic_long pub_err; static int pub_last_err; static char pub_err_body[200]; static int pub_wait=1;
static void* publisher(void*arg){ int fd=-1; static __thread char out[1<<16]; long id=(long)arg; unsigned rs=(unsigned)(now_ns()^(id*7919));
  for(;;){ int s=atomic_fetch_add(&seq_next,1); if(s>=seq_end){ atomic_fetch_sub(&seq_next,1); break; }
    if(o_rate>0){ u64 due=pub_t0+(u64)((s-pub_base)*1e9/o_rate); u64 n=now_ns(); if(due>n){ struct timespec t={(due-n)/1000000000ull,(due-n)%1000000000ull}; nanosleep(&t,NULL);} }
    Ev*e=&ev[s]; const char*tk="",*an; int a; if(n_ptok){ Tok*t=&ptoks[s%n_ptok]; a=t->acct; tk=t->tok; } else a=s%n_acct; an=acct_name[a]; e->acct=a;
    char mk[64],num[16],uu[48]; snprintf(mk,64,"bm~%x~%d~%u~",run_id,a,s); snprintf(num,16,"%d",s); snprintf(uu,48,"%08x-%04x-4%03x-a%03x-%08x%04x",rand_r(&rs),rand_r(&rs)&0xffff,rand_r(&rs)&0xfff,rand_r(&rs)&0xfff,rand_r(&rs),s&0xffff);
    char*path=subst(pu.path,mk,an,tk,num,uu),*bd=subst(o_body,mk,an,tk,num,uu); size_t bl=strlen(bd); char*req=malloc(bl+8192); int n=sprintf(req,"%s %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: %s\r\nContent-Length: %zu\r\n",o_method,path,pu.host,pu.port,o_ctype,bl);
    for(int i=0;i<n_phdr;i++){char*h=subst(o_phdr[i],mk,an,tk,num,uu); n+=sprintf(req+n,"%s\r\n",h); free(h);} n+=sprintf(req+n,"\r\n"); memcpy(req+n,bd,bl); n+=bl; free(path);free(bd);
    if(fd<0)fd=psock(); int keep=1; e->t0=now_ns(); int st=http_rt(&fd,req,n,out,sizeof out,&keep); e->t_resp=now_ns(); e->status=st; free(req);
    if(st<200||st>299){ atomic_fetch_add(&pub_err,1); pub_last_err=st; if(st>0){char*b=strstr(out,"\r\n\r\n"); snprintf(pub_err_body,sizeof pub_err_body,"%s",b?b+4:"");} }
    else if(o_commitkey){ char*k=strstr(out,o_commitkey); if(k){ k+=strlen(o_commitkey); while(*k&&!isdigit((unsigned char)*k))k++; e->t_commit=strtoull(k,NULL,10);} }
    if(pub_wait&&o_rate<=0&&st>=200&&st<300){ u64 lim=now_ns()+(u64)(closed_timeout*1e9); while(atomic_load(&e->count)<acct_conns[a]&&now_ns()<lim){ struct timespec t={0,100000}; nanosleep(&t,NULL);} }
    if(o_gap_us)usleep(o_gap_us);
  } if(fd>=0)close(fd); return NULL; }
static void run_publish(int count,int wait){ // publishes `count` events, polling connections meanwhile
  pub_base=seq_next; pub_wait=wait; closed_timeout=o_timeout; pub_t0=now_ns()+5000000; seq_end=seq_next+count; int np=o_pubs>64?64:o_pubs; pthread_t th[64];
  for(long i=0;i<np;i++)pthread_create(&th[i],NULL,publisher,(void*)i);
  for(int i=0;i<np;i++){ while(pthread_tryjoin_np(th[i],NULL)==EBUSY)poll_once(5); }
}
// ---------------------------------------------------------------- process probes
typedef struct {double cpu_s,rss_kb,pss_kb;int procs;} Probe;
static void probe_pid(int pid,Probe*p){ char f[320]; DIR*d; snprintf(f,320,"/proc/%d/task",pid); d=opendir(f); if(!d)return; p->procs++; struct dirent*de; 
  while((de=readdir(d))){ if(de->d_name[0]=='.')continue; snprintf(f,320,"/proc/%d/task/%s/schedstat",pid,de->d_name); FILE*h=fopen(f,"r"); if(h){ unsigned long long ns=0; if(fscanf(h,"%llu",&ns)==1)p->cpu_s+=ns/1e9; fclose(h);} 
    if(o_children){ snprintf(f,320,"/proc/%d/task/%s/children",pid,de->d_name); h=fopen(f,"r"); if(h){int k; while(fscanf(h,"%d",&k)==1)probe_pid(k,p); fclose(h);} } }
  closedir(d); snprintf(f,320,"/proc/%d/smaps_rollup",pid); FILE*h=fopen(f,"r"); if(h){ char l[256]; while(fgets(l,256,h)){ double v; if(sscanf(l,"Rss: %lf",&v)==1)p->rss_kb+=v; else if(sscanf(l,"Pss: %lf",&v)==1)p->pss_kb+=v; } fclose(h);} }
static Probe probe(void){ Probe p={0}; for(int i=0;i<n_pids;i++)probe_pid(o_pids[i],&p); return p; }
static double tcp_mem_mb(void){ FILE*h=fopen("/proc/net/sockstat","r"); char l[256]; double m=0; if(!h)return 0; while(fgets(l,256,h)){ char*q=strstr(l,"mem "); if(!strncmp(l,"TCP:",4)&&q)m=atof(q+4)*4096/1e6; } fclose(h); return m; }
static double self_cpu(void){ struct rusage r; getrusage(RUSAGE_SELF,&r); return r.ru_utime.tv_sec+r.ru_stime.tv_sec+(r.ru_utime.tv_usec+r.ru_stime.tv_usec)/1e6; }
// ---------------------------------------------------------------- stats
static int cmpd(const void*a,const void*b){ double x=*(double*)a,y=*(double*)b; return x<y?-1:x>y; }
static void stats(const char*name,double*v,size_t n,const char*end){ if(!n){printf("  \"%s\": null%s\n",name,end);return;} qsort(v,n,sizeof*v,cmpd); double s=0; for(size_t i=0;i<n;i++)s+=v[i];
#define P(q) v[(size_t)((n-1)*(q)+0.5)]
  printf("  \"%s\": {\"n\": %zu, \"mean\": %.3f, \"min\": %.3f, \"p50\": %.3f, \"p90\": %.3f, \"p99\": %.3f, \"p999\": %.3f, \"max\": %.3f}%s\n",name,n,s/n,v[0],P(.5),P(.9),P(.99),P(.999),v[n-1],end); }
static double ms(u64 a,u64 b){ return ((double)b-(double)a)/1e6; }
static void open_all(int inflight,double to){ u64 lim=now_ns()+(u64)(to*1e9); int i=0; while((i<o_conns||n_connecting>0)&&now_ns()<lim){ while(i<o_conns&&n_connecting<inflight)conn_start(&cs[i++]); poll_once(10);} }

static struct option lo[]={{"url",1,0,'u'},{"publish-url",1,0,'p'},{"body",1,0,'b'},{"body-file",1,0,1000},{"content-type",1,0,1001},{"method",1,0,1002},{"header",1,0,'H'},{"publish-header",1,0,'P'},{"tokens",1,0,'t'},{"publish-tokens",1,0,1003},{"accounts",1,0,1018},
 {"conns",1,0,'n'},{"events",1,0,'e'},{"rate",1,0,'r'},{"publishers",1,0,1004},{"timeout",1,0,1005},{"settle",1,0,1006},{"hold",1,0,1007},{"pids",1,0,1008},{"no-children",0,0,1009},{"storm",1,0,1010},{"last-event-id",1,0,1011},{"commit-key",1,0,1012},{"event-type",1,0,1013},{"label",1,0,1014},{"open-inflight",1,0,1015},{"src-ips",1,0,1016},{"gap-us",1,0,1017},{"warmup",1,0,1019},{"storm-inflight",1,0,1020},{"open-timeout",1,0,1021},{0,0,0,0}};
static char*slurp(const char*f){ FILE*h=fopen(f,"r"); if(!h)die(f); char*b=calloc(1,1<<20); size_t n=fread(b,1,(1<<20)-1,h); b[n]=0; fclose(h); return b; }
int main(int argc,char**argv){
  signal(SIGPIPE,SIG_IGN); int c;
  while((c=getopt_long(argc,argv,"u:p:b:H:P:t:n:e:r:",lo,NULL))!=-1) switch(c){
    case 'u':o_url=optarg;break; case 'p':o_puburl=optarg;break; case 'b':o_body=optarg;break; case 1000:o_body=slurp(optarg);break; case 1001:o_ctype=optarg;break; case 1002:o_method=optarg;break;
    case 'H':if(n_hdr<32)o_hdr[n_hdr++]=optarg;break; case 'P':if(n_phdr<32)o_phdr[n_phdr++]=optarg;break; case 't':o_tokens=optarg;break; case 1003:o_pubtokens=optarg;break; case 1018:o_accounts=atoi(optarg);break;
    case 'n':o_conns=atoi(optarg);break; case 'e':o_events=atoi(optarg);break; case 'r':o_rate=atof(optarg);break; case 1004:o_pubs=atoi(optarg);break; case 1005:o_timeout=atof(optarg);break; case 1006:o_settle=atof(optarg);break; case 1007:o_hold=atof(optarg);break;
    case 1008:{char*s=strdup(optarg),*q=strtok(s,", "); while(q&&n_pids<64){o_pids[n_pids++]=atoi(q);q=strtok(NULL,", ");} break;} case 1009:o_children=0;break; case 1010:o_storm=atoi(optarg);break; case 1011:o_lastid=optarg;break; case 1012:o_commitkey=optarg;break; case 1013:o_evtype=optarg;break; case 1014:o_label=optarg;break; case 1015:o_open_inflight=atoi(optarg);break; case 1016:o_srcips=atoi(optarg);break; case 1017:o_gap_us=atoi(optarg);break; case 1019:o_warm=atoi(optarg);break; case 1020:o_storm_inflight=atoi(optarg);break; case 1021:o_open_timeout=atof(optarg);break;
    default: fprintf(stderr,"unknown option\n"); return 2; }
  if(!o_url){errno=0;die("--url is needed");}
  struct rlimit rl; getrlimit(RLIMIT_NOFILE,&rl); rl.rlim_cur=rl.rlim_max; setrlimit(RLIMIT_NOFILE,&rl); if(o_conns+50>(int)rl.rlim_cur){errno=0;die("not enough file descriptors");}
  parse_url(o_url,&su); if(o_puburl)parse_url(o_puburl,&pu); srand(now_ns()^getpid()); run_id=(now_ns()^((u64)getpid()<<16))&0xffffffff; if(!run_id)run_id=1;
  if(o_tokens)load_tokens(o_tokens,&toks,&n_tok); if(o_pubtokens)load_tokens(o_pubtokens,&ptoks,&n_ptok); if(!n_tok){ if(o_accounts<1)o_accounts=1; for(int i=0;i<o_accounts;i++){char b[16];snprintf(b,16,"%d",i);acct_id(b);} }
  int missed=o_storm>0?o_storm:0; max_ev=o_warm+o_events+missed+(o_storm>=0?n_acct*2:0)+16; ev=calloc(max_ev+64,sizeof(Ev)); acct_conns=calloc(n_acct+1,sizeof(int)); cs=calloc(o_conns,sizeof(Conn));
  for(int i=0;i<o_conns;i++){ Conn*k=&cs[i]; k->fd=-1; k->tok=n_tok?i%n_tok:-1; k->acct=n_tok?toks[k->tok].acct:i%n_acct; k->bm=calloc(1,max_ev/8+2); }
  ep=epoll_create1(EPOLL_CLOEXEC);
  Probe p0=probe(); double tm0=tcp_mem_mb(); u64 a=now_ns(); open_all(o_open_inflight,o_open_timeout); u64 b=now_ns(); double open_ms=ms(a,b); for(int i=0;i<o_conns;i++) if(cs[i].st==S_STREAM)acct_conns[cs[i].acct]++;
  loop_for(o_settle); Probe p1=probe(); double tm1=tcp_mem_mb(); int opened=n_open;
  double hold_cpu=-1; if(o_hold>0){ loop_for(o_hold); Probe ph=probe(); hold_cpu=ph.cpu_s-p1.cpu_s; p1=ph; }
  if(o_warm>0&&o_puburl)run_publish(o_warm,1); if(o_warm>0)loop_for(0.2); int lo_seq=seq_next; count_from=lo_seq; c_events=0; pub_err=0; c_bytes=0; n_del=0; p1.cpu_s=probe().cpu_s; double sc=self_cpu(); long expected=0; u64 tp0=now_ns(),tp1=tp0; double pub_ms=0;
  if(o_events>0&&o_puburl&&opened){ run_publish(o_events,1); u64 te=now_ns(); pub_ms=ms(tp0,te); for(int s=lo_seq;s<seq_next;s++) if(ev[s].status>=200&&ev[s].status<300)expected+=acct_conns[ev[s].acct];
    u64 lim=now_ns()+(u64)(o_timeout*1e9); while(c_events<expected&&now_ns()<lim)poll_once(5); tp1=now_ns(); loop_for(0.15); }
  int hi_seq=seq_next; Probe p2=probe(); double sc2=self_cpu(); long ev_live=c_events; long bytes_live=c_bytes; u64 last_arr=tp0; for(size_t i=0;i<n_del;i++)if(del[i].t>last_arr)last_arr=del[i].t; (void)tp1;
  printf("{\n  \"label\": \"%s\", \"url\": \"%s\", \"conns\": %d, \"accounts\": %d, \"events\": %d,\n",o_label,o_url,o_conns,n_acct,hi_seq-lo_seq);
  printf("  \"opened\": %d, \"open_ms\": %.1f, \"connect_errors\": %ld, \"bad_status\": %ld, \"last_bad_status\": %d, \"closed_by_server\": %ld,\n",opened,open_ms,c_connerr,c_badstatus,last_bad_status,c_closed);
  printf("  \"published_ok\": %ld, \"publish_errors\": %ld, \"last_publish_error\": %d,\n",(long)(hi_seq-lo_seq)-pub_err,pub_err,pub_last_err);
  printf("  \"expected\": %ld, \"delivered\": %ld, \"lost\": %ld, \"duplicated\": %ld, \"out_of_order\": %ld, \"leaked_across_accounts\": %ld, \"foreign_run\": %ld, \"comments\": %ld, \"bytes\": %ld,\n",expected,ev_live,expected-ev_live,c_dup,c_ooo,c_leak,c_foreign,c_comments,bytes_live);
  size_t cap=n_del>(size_t)max_ev+o_conns*2?n_del:(size_t)max_ev+o_conns*2; double*v=malloc(sizeof(double)*(cap+1)); size_t k;
  k=0; for(size_t i=0;i<n_del;i++){ Ev*e=&ev[del[i].seq]; if(del[i].seq>=(u32)lo_seq&&e->t0)v[k++]=ms(e->t0,del[i].t);} stats("post_start_to_received_ms",v,k,",");
  k=0; for(size_t i=0;i<n_del;i++){ Ev*e=&ev[del[i].seq]; if(e->t_commit)v[k++]=ms(e->t_commit,del[i].t);} stats("commit_to_received_ms",v,k,",");
  k=0; for(int s=lo_seq;s<hi_seq;s++) if(ev[s].status>=200&&ev[s].status<300)v[k++]=ms(ev[s].t0,ev[s].t_resp); stats("post_roundtrip_ms",v,k,",");
  k=0; for(int s=lo_seq;s<hi_seq;s++) if(ev[s].first&&ev[s].count==acct_conns[ev[s].acct])v[k++]=ms(ev[s].t0,ev[s].last); stats("post_start_to_last_subscriber_ms",v,k,",");
  k=0; for(int s=lo_seq;s<hi_seq;s++) if(ev[s].first&&ev[s].count==acct_conns[ev[s].acct])v[k++]=ms(ev[s].first,ev[s].last); stats("first_to_last_subscriber_ms",v,k,",");
  double dur=ms(tp0,last_arr)/1e3; printf("  \"publish_phase_ms\": %.1f, \"deliveries_per_s\": %.0f, \"bench_cpu_s\": %.3f, \"bench_cpu_us_per_delivery\": %.2f,\n",pub_ms,dur>0?ev_live/dur:0,sc2-sc,ev_live?(sc2-sc)*1e6/ev_live:0);
  if(n_pids){ printf("  \"server_procs\": %d, \"server_cpu_s\": %.3f, \"server_cpu_us_per_delivery\": %.2f, \"server_cpu_ms_per_event\": %.3f,\n",p2.procs,p2.cpu_s-p1.cpu_s,ev_live?(p2.cpu_s-p1.cpu_s)*1e6/ev_live:0,hi_seq>lo_seq?(p2.cpu_s-p1.cpu_s)*1e3/(hi_seq-lo_seq):0);
    printf("  \"open_cpu_us_per_conn\": %.1f, \"pss_kb_before\": %.0f, \"pss_kb_open\": %.0f, \"rss_kb_open\": %.0f, \"pss_kb_after_events\": %.0f, \"idle_pss_bytes_per_conn\": %.0f, \"kernel_tcp_mem_mb_delta\": %.1f,\n",opened?(p1.cpu_s-p0.cpu_s)*1e6/opened:0,p0.pss_kb,p1.pss_kb,p1.rss_kb,p2.pss_kb,opened?(p1.pss_kb-p0.pss_kb)*1024/opened:0,tm1-tm0);
    if(hold_cpu>=0)printf("  \"hold_s\": %.1f, \"hold_cpu_us_per_conn_per_s\": %.3f,\n",o_hold,opened?hold_cpu*1e6/opened/o_hold:0); }
  if(o_storm>=0&&o_puburl){ // every connection learns an id, all close, `missed` events are published, all come back at once with Last-Event-ID
    double r=o_rate; o_rate=0; run_publish(n_acct,1); loop_for(0.5); long noid=0; for(int i=0;i<o_conns;i++)if(!cs[i].lastid[0])noid++;
    for(int i=0;i<o_conns;i++)conn_close(&cs[i]); loop_for(o_settle); storm_lo=seq_next; run_publish(missed,0); o_rate=r; int *per=calloc(n_acct,sizeof(int)); for(int s=storm_lo;s<seq_next;s++)if(ev[s].status>=200&&ev[s].status<300)per[ev[s].acct]++;
    // with several accounts publish a multiple of them so each connection waits for the same number
    storm_need=per[0]; storm_phase=1; n_rdone=0; long ce0=c_connerr,bs0=c_badstatus,cl0=c_closed,d0=c_dup,e0=c_events; Probe q0=probe(); u64 ts=now_ns(); u64 lim=ts+(u64)(o_open_timeout*1e9); int inf=o_storm_inflight?o_storm_inflight:o_conns; int i=0;
    while(now_ns()<lim){ while(i<o_conns&&n_connecting<inf)conn_start(&cs[i++]); poll_once(5); if(i>=o_conns&&n_connecting==0&&(n_rdone+0>=n_open||!storm_need))break; }
    u64 te=now_ns(); loop_for(0.2); Probe q1=probe(); long miss=0; for(int j=0;j<o_conns;j++)miss+=(long)storm_need-(cs[j].storm_got<storm_need?cs[j].storm_got:storm_need);
    printf("  \"storm\": {\"conns\": %d, \"missed_each\": %u, \"without_last_id\": %ld, \"reopened\": %d, \"caught_up\": %d, \"replayed\": %ld, \"replay_lost\": %ld, \"dups\": %ld, \"connect_errors\": %ld, \"bad_status\": %ld, \"closed\": %ld, \"total_ms\": %.1f, \"server_cpu_us_per_conn\": %.1f,\n",o_conns,storm_need,noid,n_open,n_rdone,c_events-e0,miss,c_dup-d0,c_connerr-ce0,c_badstatus-bs0,c_closed-cl0,ms(ts,te),n_pids?(q1.cpu_s-q0.cpu_s)*1e6/o_conns:0);
    k=0; for(int j=0;j<o_conns;j++)if(cs[j].t_hdr)v[k++]=ms(ts,cs[j].t_hdr); stats("storm_start_to_headers_ms",v,k,","); k=0; for(int j=0;j<o_conns;j++)if(cs[j].t_rdone)v[k++]=ms(ts,cs[j].t_rdone); stats("storm_start_to_caught_up_ms",v,k,"},"); }
  printf("  \"last_bad_body\": \""); for(char*q=last_bad_body;*q;q++)if(*q>=32&&*q!='"'&&*q!='\\')putchar(*q); printf("\", \"last_publish_error_body\": \""); for(char*q=pub_err_body;*q;q++)if(*q>=32&&*q!='"'&&*q!='\\')putchar(*q); printf("\"\n}\n");
  return 0;
}
